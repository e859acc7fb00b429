import { exactly } from "../bytes.ts"
import type { DistributionId } from "../sending-chain/messages.ts"
import { fromHex } from "./vector-files.ts"

export const DISTRIBUTION_UUID = "0ef8cac3-2439-439f-b817-204f6df77f66"
export const DISTRIBUTION_ID: DistributionId = exactly(fromHex(DISTRIBUTION_UUID.replaceAll("-", "")), 16)
