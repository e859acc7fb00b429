/**
 * Bytes and CPU times of the prototype that the authors of DCGKA evaluated (figures 5 and 6 of the paper).
 *
 * Source: github.com/trvedata/key-agreement at c168969, evaluation/traffic.csv and time.csv: means over 25 runs,
 * traffic without any variance. `create` is its set-up, over the runs of all operations. What a time holds was read in
 * the harness: `ThreadedClient.java`, `EvaluationSimulation.java`, `MetricsCapturer.java`.
 */
import { bySize, type PublishedSeries } from "./series.ts"

const SIZES = [8, 11, 16, 22, 32, 45, 64, 90, 128]

const NS_PER_MS = 1e6

const bytes = (values: readonly number[]) => bySize(SIZES, values)
const milliseconds = (values: readonly number[]) => bySize(SIZES, values, NS_PER_MS)

export const dcgkaPrototype: PublishedSeries = {
  name: "dcgka-prototype",
  protocol: "dcgka",
  publication: "Weidner, Kleppmann, Hugenroth, Beresford, CCS 2021",
  link: "https://doi.org/10.1145/3460120.3484542",
  repository: "trvedata/key-agreement c168969",
  licence: "MIT",
  machine: "8-core Intel i7, 16 GiB, OpenJDK 8; curve operations in Java",
  payloadBytes: 32,
  figures: [
    {
      measure: "bytesUploaded",
      counts: "broadcasts once, acknowledgements and the welcome included; seeds of 16 bytes, Thrift structs",
      values: {
        create: bytes([2562, 3606, 5348, 7436, 10916, 15440, 22115, 31192, 44454]),
        message: bytes([171, 171, 171, 171, 171, 171, 171, 171, 171]),
        add: bytes([3746, 5021, 7203, 9873, 14483, 20775, 30580, 47533, 77306]),
        remove: bytes([2105, 3059, 4649, 6558, 9738, 13872, 19914, 28182, 40269]),
        update: bytes([2389, 3343, 4934, 6842, 10022, 14156, 20198, 28466, 40553]),
      },
    },
    {
      measure: "initiatorNs",
      counts:
        "verifies acknowledgements; making, encrypting and signing the operation's own message is left out",
      values: {
        create: milliseconds([2.68, 3.24, 4.93, 6.9, 10.3, 14.99, 22.44, 33.44, 57.95]),
        message: milliseconds([0.07, 0.12, 0.11, 0.11, 0.12, 0.11, 0.1, 0.11, 0.08]),
        add: milliseconds([2.82, 3.31, 5.34, 7.44, 11.15, 16.35, 25.49, 39.74, 66.96]),
        remove: milliseconds([2.05, 2.79, 4.59, 6.73, 10.11, 15.04, 22.31, 39.88, 63.68]),
        update: milliseconds([2.39, 3.01, 5.32, 7.02, 10.6, 15.38, 25.31, 37.78, 63.44]),
      },
    },
    {
      measure: "recipientNs",
      counts: "acknowledgements included; the mean counts the removed member and leaves out the newcomer",
      values: {
        create: milliseconds([3.84, 4.2, 5.79, 7.81, 11.29, 16.13, 24.05, 35.91, 61.76]),
        message: milliseconds([0.47, 0.38, 0.36, 0.38, 0.36, 0.38, 0.4, 0.49, 0.5]),
        add: milliseconds([4.85, 5.17, 6.85, 8.92, 12.63, 18.16, 27.43, 42.25, 68.85]),
        remove: milliseconds([2.33, 2.92, 4.66, 6.69, 10.19, 15.33, 22.94, 41.67, 65.97]),
        update: milliseconds([3.01, 3.54, 5.61, 7.32, 10.86, 15.95, 26.57, 39.54, 66.69]),
      },
    },
  ],
}
