/** Signers remembered by one suite: those of the groups measured here, and no more than about 15 MB. */
export const MAX_SIGNERS = 1024

/** The form in which a suite verifies fastest, by a signer's public bytes; all are forgotten when it is full. */
export class KnownSigners<Signer> {
  readonly #byName = new Map<string, Signer>()

  /** @param find - undefined for what can never sign: that is not remembered */
  once(name: string, find: () => Signer | undefined): Signer | undefined {
    const known = this.#byName.get(name)
    if (known !== undefined) return known
    const signer = find()
    if (signer === undefined) return undefined
    if (this.#byName.size >= MAX_SIGNERS) this.#byName.clear()
    this.#byName.set(name, signer)
    return signer
  }
}
