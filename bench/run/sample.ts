const MOST_KEPT = 512
/** Its multiples fall evenly between whole numbers, and out of step with any rhythm. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Some of what it is offered, at most 512, spread evenly over all of it; what repeats every second or third time
 * is kept in proportion. Repeats exactly.
 */
export class Sample<T> {
  #kept: { readonly place: number; readonly item: T }[] = []
  #offered = 0
  #limit = 1

  offer(item: T): void {
    const place = (this.#offered++ * GOLDEN) % 1
    if (place >= this.#limit) return
    this.#kept.push({ place, item })
    if (this.#kept.length <= MOST_KEPT) return
    this.#limit /= 2
    this.#kept = this.#kept.filter((kept) => kept.place < this.#limit)
  }

  /** In an order in which any beginning is spread as evenly as the whole. */
  items(): T[] {
    return this.#kept.toSorted((a, b) => a.place - b.place).map(({ item }) => item)
  }
}
