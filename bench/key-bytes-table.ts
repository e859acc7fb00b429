/**
 * Outside `protocols/crypto/` nothing changes the bytes of a key or writes them in another form, and nothing is kept
 * outside a state: what no operation of a suite did, the adversaries would have to guess. `key-bytes.test.ts` holds the
 * sources to it, but for these places.
 */

export type Rule = { readonly name: string; readonly pattern: RegExp }

/** In text without comments, strings and types, formatted as all of it is. */
export const RULES: readonly Rule[] = [
  { name: "bit operation", pattern: /\^|~|\s(?:<<|>>>?|[&|])=?\s/g },
  {
    name: "arithmetic on an element",
    pattern: /\w\[[^\]\n]*\](?: as number\))?\s?(?:\+\+|--|[-+*/%]=|[-+*/%]\s)/g,
  },
  { name: "arithmetic on an element", pattern: /\s[-+*/%] \(?\w+\[/g },
  { name: "arithmetic in a list", pattern: /\.(?:map|from|forEach|reduce)\([^\n]*=>[^\n]*\s[-+*/%]\s/g },
  { name: "write into an element", pattern: /\w\[[^\]\n]+\] =(?![=>])/g },
  {
    name: "byte string changed",
    pattern: /\.(?:reverse|toReversed|with|fill|copyWithin|sort|toSorted|toSpliced|swap16|swap32|swap64)\(/g,
  },
  {
    name: "byte string written",
    pattern: /\.set\((?:[^,()\n]*|\w+, (?:\d+|\w*[oO]ffset|start|end|at|index|position))\)/g,
  },
  {
    name: "list of numbers",
    pattern:
      /\[\.\.\.\w*(?:key|secret|seed|bytes|chain)\w*\]|Array\.from\(\w*(?:key|secret|seed|bytes|chain)\w*[,)]/gi,
  },
  {
    name: "other form",
    pattern:
      /\b(?:fromCharCode|fromCodePoint|charCodeAt|codePointAt|parseInt|parseFloat|btoa|atob|escape|encodeURI\w*|Buffer|DataView|BigInt|toHex|stringify|(?:Uint(?:16|32)|Int\d+|Float\d+|Uint8Clamped|Big\w+)Array)\b/g,
  },
  { name: "other form", pattern: /\.toString\(\s*\w/g },
  {
    name: "other form",
    pattern:
      /Uint8Array\.from\(|Uint8Array\.of\((?!(?:(?:0x\w+|\d+|[A-Z][A-Z_]*)(?:, )?)*\))|new Uint8Array\((?!\d|\))/g,
  },
  {
    name: "hidden place",
    pattern: /\b(?:WeakMap|WeakSet|WeakRef|Symbol|Proxy|Reflect|eval|Function|defineProperty)\b/g,
  },
  {
    name: "state of a module",
    pattern:
      /^(?:export )?(?:let|var)\b|^(?:export )?const \w+(?:: [^=\n]+)? = (?:new (?:Map|Set|Weak\w+|Array)|\[\]|\{\})/gm,
  },
]

/** Where a rule does not hold, how often, and why not. */
type Place = { readonly file: string; readonly rule: string; readonly times: number; readonly why: string }

const [BITS, ELEMENT, FORM, WRITTEN] = [
  "bit operation",
  "write into an element",
  "other form",
  "byte string written",
] as const

/** One place more in the same file fails, and one less. */
export const PLACES: readonly Place[] = [
  {
    file: "protocols/hash-ratchet.ts",
    rule: "state of a closure",
    times: 1,
    why: "what was found and is not committed yet",
  },
  {
    file: "protocols/bytes.ts",
    rule: BITS,
    times: 2,
    why: "`equal` takes the same time wherever they differ",
  },
  { file: "protocols/bytes.ts", rule: WRITTEN, times: 1, why: "`concat` puts byte strings together" },
  {
    file: "protocols/bytes.ts",
    rule: FORM,
    times: 3,
    why: "`concat`, and `toHex` for whoever is named here",
  },
  { file: "protocols/protobuf.ts", rule: BITS, times: 13, why: "varints and tags" },
  { file: "protocols/protobuf.ts", rule: ELEMENT, times: 4, why: "varints, and fields by number" },
  { file: "protocols/protobuf.ts", rule: WRITTEN, times: 2, why: "a message from its fields" },
  { file: "protocols/protobuf.ts", rule: FORM, times: 1, why: "a message from its fields" },
  { file: "protocols/signal-wire.ts", rule: BITS, times: 1, why: "the version is half a byte" },
  { file: "protocols/two-party/two-sm-messages.ts", rule: BITS, times: 4, why: "varints" },
  { file: "protocols/two-party/two-sm-messages.ts", rule: FORM, times: 2, why: "varints and a tag" },
  { file: "protocols/two-party/prekeys.ts", rule: BITS, times: 3, why: "a registration id has 14 bits" },
  { file: "protocols/sending-chain/sender-key.ts", rule: BITS, times: 1, why: "a chain id has 31 bits" },
  {
    file: "protocols/sending-chain/sender-key.ts",
    rule: FORM,
    times: 3,
    why: "a chain id, and distribution ids as names of chains",
  },
  { file: "protocols/wire.ts", rule: FORM, times: 1, why: "a tag before a message" },
  { file: "protocols/two-party/x3dh.ts", rule: "byte string changed", times: 1, why: "F, 32 times 0xff" },
  {
    file: "protocols/mls/key-packages.ts",
    rule: FORM,
    times: 3,
    why: "references, which are public, as names",
  },
  { file: "protocols/mls/rewind.ts", rule: "byte string changed", times: 1, why: "a tree with another node" },
  {
    file: "protocols/mls/on-demand.ts",
    rule: "state of a closure",
    times: 1,
    why: "the module, once it is loaded",
  },
  { file: "protocols/sender-keys/anatomy.ts", rule: FORM, times: 1, why: "chain ids for readers" },
  { file: "protocols/two-party/signal-anatomy.ts", rule: FORM, times: 2, why: "ratchet keys for readers" },
  { file: "protocols/costs.ts", rule: "arithmetic in a list", times: 1, why: "a sum of numbers of messages" },
  { file: "protocols/errors.ts", rule: FORM, times: 1, why: "what should not have happened, in words" },
  { file: "protocols/roster.ts", rule: "hidden place", times: 1, why: "members as a set, by their list" },
  {
    file: "protocols/roster.ts",
    rule: "state of a module",
    times: 1,
    why: "members as a set, by their list",
  },
]
