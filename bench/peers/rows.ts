/** What `npm run bench:peers` compares with what, as data. */

/** Ours by suite; libsignal as it is today, and as it was when its sessions still began with X3DH. */
export const COMPETITORS = ["native", "noble", "libsignal-current", "libsignal-x3dh"] as const
export type Competitor = (typeof COMPETITORS)[number]

/** Under which name each libsignal is installed. */
export const PACKAGES = {
  "libsignal-current": "@signalapp/libsignal-client",
  "libsignal-x3dh": "libsignal-sessions",
} as const satisfies Partial<Record<Competitor, string>>
export type Library = keyof typeof PACKAGES

/** What is compared side by side, and with which libsignal: the newest that does the same thing. */
export const FAMILIES = {
  "sender-keys": { title: "Sender Keys", reference: "libsignal-current" },
  sessions: { title: "Sessions of version 3 (X3DH, Double Ratchet)", reference: "libsignal-x3dh" },
} as const satisfies Record<string, { readonly title: string; readonly reference: Library }>
export type Family = keyof typeof FAMILIES

export const FAMILIES_OF: Readonly<Record<Competitor, readonly Family[]>> = {
  native: ["sender-keys", "sessions"],
  noble: ["sender-keys", "sessions"],
  // Its sessions are of version 4: they add post-quantum keys, so a comparison would say nothing
  "libsignal-current": ["sender-keys"],
  "libsignal-x3dh": ["sender-keys", "sessions"],
}

/** What is done again and again; `scenarios.ts` has the code. */
export const FAMILY_OF = {
  "group-message-32": "sender-keys",
  "group-message-1024": "sender-keys",
  distribution: "sender-keys",
  chain: "sessions",
  "ping-pong": "sessions",
  "set-up": "sessions",
} as const satisfies Record<string, Family>
export type ScenarioName = keyof typeof FAMILY_OF
export const SCENARIOS = Object.keys(FAMILY_OF) as ScenarioName[]

/** The parts of a scenario that are under the clock. */
export type Part = "create" | "process" | "encrypt" | "decrypt" | "initiate"

export type Row = {
  readonly name: string
  readonly scenario: ScenarioName
  /** Their times in one pass are added up. */
  readonly parts: readonly Part[]
}

export const ROWS: readonly Row[] = [
  ...messageRows("group-message-32", "32 B"),
  ...messageRows("group-message-1024", "1 KB"),
  { name: "create distribution", scenario: "distribution", parts: ["create"] },
  { name: "process distribution", scenario: "distribution", parts: ["process"] },
  ...messageRows("chain", "32 B, same chain"),
  { name: "ping-pong", scenario: "ping-pong", parts: ["encrypt", "decrypt"] },
  { name: "set-up", scenario: "set-up", parts: ["initiate", "encrypt", "decrypt"] },
]

function messageRows(scenario: ScenarioName, what: string): Row[] {
  return [
    { name: `encrypt ${what}`, scenario, parts: ["encrypt"] },
    { name: `decrypt ${what}`, scenario, parts: ["decrypt"] },
    { name: `both ${what}`, scenario, parts: ["encrypt", "decrypt"] },
  ]
}

export const rowsOf = (scenario: ScenarioName): readonly Row[] =>
  ROWS.filter((row) => row.scenario === scenario)
