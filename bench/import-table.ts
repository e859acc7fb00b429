/** Who may import whom: the layers of the project as two tables; `imports.test.ts` holds every source file to them. */

const SHARED =
  /^protocols\/(anatomy|bytes|context|costs|errors|group|hash-ratchet|ids|packets|protobuf|roster|signal-wire|wire|crypto\/(suite|hpke))\.ts$/
const PROTOCOL_INTERFACE =
  /^protocols\/((registry|dissection|anatomy|costs|group|context|ids|errors|bytes|packets|two-party\/two-party)\.ts|crypto\/)/

/** The first row that matches a file says which of our files it may import. */
export const OURS: readonly { readonly files: RegExp; readonly may: readonly RegExp[] }[] = [
  // Tests and what only they use
  { files: /^protocols\/(vectors\/|.*\.test\.ts$)/, may: [/^protocols\//] },
  { files: /^results\/.*\.test\.ts$/, may: [/^results\//] },
  { files: /^charts\/.*\.test\.ts$/, may: [/^(charts|results)\//] },
  { files: /^bench\/peers\//, may: [/^(protocols|results|bench\/(?!cli\/(?!failure|options|terminal)))/] },
  { files: /^bench\/cli\//, may: [/./] },
  // Looks into the messages of one protocol, as nothing else here does
  { files: /^bench\/bytes\//, may: [/^bench\/(?!cli\/|peers\/)/, /^protocols\//, /^results\/published\//] },
  { files: /^bench\/.*\.test\.ts$/, may: [/^(bench|protocols|results)\//] },
  { files: /^workers\/.*\.test\.ts$/, may: [/^(workers|bench|protocols|results)\//] },
  // What is compared
  { files: SHARED, may: [SHARED] },
  { files: /^protocols\/crypto\//, may: [/^protocols\/(bytes|errors)\.ts$/, /^protocols\/crypto\//] },
  { files: /^protocols\/two-party\//, may: [SHARED, /^protocols\/two-party\//] },
  { files: /^protocols\/sending-chain\//, may: [SHARED, /^protocols\/sending-chain\//] },
  { files: /^protocols\/(registry|dissection)\.ts$/, may: [/^protocols\/(?!vectors\/)/] },
  {
    files: /^protocols\/[^/]+\//,
    may: [SHARED, /^protocols\/two-party\/two-party\.ts$/, /^protocols\/sending-chain\//], // and its own folder
  },
  // How it is compared, and what comes of it
  {
    files: /^bench\//,
    may: [
      /^bench\//,
      PROTOCOL_INTERFACE,
      /^results\/(machine|samples|schema|story|theory|throughput-record|units)\.ts$/,
    ],
  },
  {
    files: /^workers\//,
    may: [/^bench\/(plan|run|throughput)\/|^bench\/meter\/clock\.ts$/, /^results\/(machine|schema)\.ts$/],
  },
  { files: /^results\//, may: [/^results\//] },
  { files: /^charts\//, may: [/^results\//] },
]

/** Who may import what is not ours. Tests, their fixtures and the command line may import all of `node:*` besides. */
export const OUTSIDE: readonly { readonly names: RegExp; readonly files: RegExp }[] = [
  { names: /^@noble\//, files: /^protocols\/crypto\/(noble(-edwards)?|.*\.test)\.ts$/ },
  { names: /^node:crypto$/, files: /^protocols\/crypto\/(digest|seeded)\.ts$/ },
  { names: /^(sodium-native|node:crypto|node:module)$/, files: /^protocols\/crypto\/native(\.bench)?\.ts$/ },
  { names: /^ts-mls(\/|$)/, files: /^protocols\/mls\// },
  { names: /^node:perf_hooks$/, files: /^bench\/meter\/clock\.ts$/ },
  { names: /^tinybench$/, files: /^bench\/run\/time\.ts$|\.bench\.ts$/ },
  { names: /^yargs(\/helpers)?$/, files: /^bench\/cli\/(main|[a-z]+-command)\.ts$/ },
  {
    names: /^node:(?!perf_hooks$)/,
    files: /^bench\/(cli|peers)\/|(\.test|fixture)\.ts$|^protocols\/vectors\//,
  },
  { names: /^piscina$/, files: /^workers\/(pool|entry)\.ts$/ },
  { names: /^node:(fs|os|path|v8)$/, files: /^workers\/(store|formed-groups)\.ts$/ },
  { names: /^node:(crypto|url)$/, files: /^workers\/formed-groups\.ts$/ },
  { names: /^node:(worker_threads|events)$/, files: /^workers\// },
  {
    names: /^zod$/,
    files: /^results\/(schema|json-schema|environment-record|exact|prices|throughput-record)\.ts$/,
  },
  { names: /^node:child_process$/, files: /^workers\/process\.ts$/ },
  { names: /^node:fs$/, files: /^results\/(disk|environment|machine|sample-store|store)\.ts$/ },
  { names: /^node:zlib$/, files: /^results\/sample-store\.ts$/ },
  { names: /^node:(child_process|crypto|os)$/, files: /^results\/environment\.ts$/ },
  { names: /^(vega|vega-lite)$/, files: /^charts\// },
  { names: /^@resvg\/resvg-js$/, files: /^charts\/(render\/png(\.test)?|story\/sequence\.test)\.ts$/ },
  { names: /^node:util$/, files: /^charts\/render\/((throughput-|growth-)?table|comparison)\.ts$/ },
  { names: /^(playwright-core|axe-core)$/, files: /^charts\/site\/browser(-fixture|\.test)\.ts$/ },
  { names: /^(pdfkit|svg-to-pdfkit)$/, files: /^charts\/render\/pdf\.ts$/ },
  { names: /^subset-font$/, files: /^charts\/render\/embedded-fonts\.ts$/ },
  { names: /^node:zlib$/, files: /^charts\/render\/png\.ts$/ },
  {
    names: /^node:(fs|module|url)$/,
    files: /^charts\/(render\/(font-files|embedded-fonts)|site\/(libraries|site-assets))\.ts$/,
  },
  { names: /^fast-check$/, files: /\.test\.ts$/ },
  { names: /^@hpke\/core$/, files: /^protocols\/crypto\/hpke\.test\.ts$/ },
  { names: /libsignal-(client|sessions)$/, files: /^(protocols\/vectors|bench\/peers)\// },
]
