import { Readable } from 'node:stream'

/** UTF-16 units that may wait for a reader; for one to whom more is on its way, nothing is kept. */
const MOST_WAITING = 1024 * 1024

/**
 * Events on their way to one reader, who takes at once what has come since last. Whoever is too slow is cut off, and
 * may resume from the last event that was taken.
 */
export class FeedStream extends Readable {
  #waiting: string[] = []
  #held: string[] = []
  #isHolding = true
  #size = 0
  #isAsked = false
  #isEnding = false
  #taken = Promise.withResolvers<void>()

  /** Sends what comes before all that is told, until `release`. Resolves when it was taken. */
  async sendFirst(text: string): Promise<void> {
    this.#add(this.#waiting, text)
    const taken = this.#taken.promise
    this.#flush()
    await taken
  }

  /** Sends, or keeps until `release`. */
  send(text: string): void {
    this.#add(this.#isHolding ? this.#held : this.#waiting, text)
    this.#flush()
  }

  /** What was told meanwhile follows, and then whatever is told. */
  release(): void {
    this.#isHolding = false
    this.#waiting.push(...this.#held)
    this.#held = []
    this.#flush()
  }

  /** Sends a last text, after which nothing is taken. */
  endWith(text: string): void {
    if (this.#isEnding) return
    this.send(text)
    this.#isEnding = true
    this.release()
  }

  override _read(): void {
    this.#isAsked = true
    this.#flush()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#waiting = []
    this.#held = []
    this.#taken.resolve()
    done(error)
  }

  #add(lane: string[], text: string): void {
    if (this.destroyed || this.#isEnding) return
    lane.push(text)
    this.#size += text.length
    if (this.#size > MOST_WAITING) this.destroy()
  }

  #flush(): void {
    if (!this.#isAsked || this.destroyed) return
    if (this.#waiting.length > 0) {
      const text = this.#waiting.join('')
      this.#waiting = []
      this.#size -= text.length
      this.#isAsked = false
      this.push(text)
      this.#taken.resolve()
      this.#taken = Promise.withResolvers()
    } else if (this.#isEnding) this.push(null)
  }
}
