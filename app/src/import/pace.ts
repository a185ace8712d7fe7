const SPAN = 5000

/** How fast something goes: over the last five seconds, so that a pause or a slow start is soon forgotten. */
export class Pace {
  #samples: { at: number; count: number }[] = []

  /** @param at milliseconds of a clock that never goes back @param count how many there are by now */
  note(at: number, count: number): void {
    this.#samples.push({ at, count })
    const recent = this.#samples.findIndex((sample) => at - sample.at <= SPAN)
    // The last one before the span stays, so that there is always a span to measure.
    this.#samples.splice(0, Math.max(0, recent - 1))
  }

  /** After a break, whose time does not count. */
  restart(): void {
    this.#samples = []
  }

  /** How many a second; undefined until there is enough to tell. */
  get rate(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (!first || !last || last.at - first.at < 100) return undefined
    return ((last.count - first.count) * 1000) / (last.at - first.at)
  }
}
