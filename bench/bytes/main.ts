/** `npm run bytes`: docs/bytes.md on stdout. For developers: ten seconds, half of them for the group of 128. */
import { dcgkaPrototype } from "../../results/published/dcgka-prototype.ts"
import { bytesDocument, type Group } from "./document.ts"
import { uploadsOf } from "./uploads.ts"

const groups: Group[] = []
for (const { n } of dcgkaPrototype.figures[0]?.values.update ?? []) groups.push(await uploadsOf(n))
process.stdout.write(bytesDocument(groups))
