/**
 * Times of the DCGKA prototype and of OpenMLS that the authors of BeeKEM took to compare with it.
 *
 * Source: github.com/LiangrunDa/keyhive-eval at 5af19da, expected/dcgka-timing.csv and openmls-timing.csv, column
 * total_ms: medians over 5 runs, over all receivers of a run. The prototype is key-agreement c168969 with counters,
 * OpenMLS is b3f0ba79f. Its own README calls the times machine-dependent; the machine is not named.
 */
import { bySize, type PublishedSeries } from "./series.ts"

const SIZES = [8, 16, 32, 64, 128, 256, 512]

const NS_PER_MS = 1e6

const milliseconds = (values: readonly number[]) => bySize(SIZES, values, NS_PER_MS)

const ARTIFACT = {
  publication: "Yen, Fábrega, Da, Kleppmann, Mumm, Park, Zelenka, ePrint 2026/1434",
  link: "https://github.com/LiangrunDa/keyhive-eval",
  repository: "LiangrunDa/keyhive-eval 5af19da",
  licence: "figures",
  machine: "machine not named",
}

export const dcgkaRerun: PublishedSeries = {
  ...ARTIFACT,
  name: "dcgka-rerun",
  protocol: "dcgka",
  figures: [
    {
      measure: "initiatorNs",
      counts: "the prototype makes the operation (CPU time); acknowledgements that come back are left out",
      values: {
        add: milliseconds([1.0116, 1.0319, 1.1839, 1.4965, 3.3531, 7.8153, 26.6299]),
        remove: milliseconds([1.8315, 3.8569, 8.0043, 16.3061, 32.7958, 66.6226, 132.8206]),
        update: milliseconds([2.0533, 4.1126, 8.2153, 16.5894, 33.5667, 66.6165, 134.3203]),
      },
    },
    {
      measure: "recipientNs",
      counts: "acknowledgements of the others are left out",
      values: {
        add: milliseconds([0.8127, 1.3442, 1.343, 1.3599, 1.5083, 1.8027, 2.1634]),
        remove: milliseconds([0.3357, 0.5332, 0.5636, 0.6123, 0.8196, 1.1927, 1.9725]),
        update: milliseconds([0.3111, 0.524, 0.5489, 0.6078, 0.7803, 1.1664, 1.7762]),
      },
    },
  ],
}

export const openmls: PublishedSeries = {
  ...ARTIFACT,
  name: "openmls",
  protocol: "mls",
  figures: [
    {
      measure: "initiatorNs",
      counts:
        "a commit in Rust (wall time), X25519 and ChaCha20-Poly1305, in the clear; all have updated since they joined",
      values: {
        add: milliseconds([0.403, 0.4788, 0.6749, 0.8493, 1.2981, 2.4191, 4.5874]),
        remove: milliseconds([0.284, 0.37, 0.4767, 0.6555, 1.0417, 2.0092, 3.9246]),
        update: milliseconds([0.2563, 0.3135, 0.4036, 0.5831, 0.9933, 1.9398, 3.8616]),
      },
    },
    {
      measure: "recipientNs",
      counts: "without the newcomer",
      values: {
        add: milliseconds([0.3347, 0.3859, 0.4858, 0.6912, 1.1583, 2.1789, 4.2253]),
        remove: milliseconds([0.231, 0.269, 0.3486, 0.5055, 0.873, 1.7128, 3.346]),
        update: milliseconds([0.2247, 0.2683, 0.3471, 0.5029, 0.864, 1.7017, 3.3465]),
      },
    },
    {
      measure: "groupNs",
      counts: "one after the other, the newcomer and the making of its key package included",
      values: {
        add: milliseconds([3.4363, 7.3764, 17.7306, 48.1112, 155.4004, 568.6248, 2181.6977]),
        remove: milliseconds([1.6734, 4.1716, 11.0049, 32.2856, 111.0436, 436.4461, 1711.2656]),
        update: milliseconds([1.867, 4.3783, 11.243, 32.6649, 111.8672, 436.1124, 1703.9199]),
      },
    },
  ],
}
