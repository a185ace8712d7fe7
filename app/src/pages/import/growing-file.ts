const MOST_LOOSE = 256 * 1024

/**
 * A text that only grows, kept in blobs: the browser may hold them outside the page's memory, so a million lines
 * cost it little.
 */
export class GrowingFile {
  #blob = new Blob()
  #loose: string[] = []
  #size = 0

  add(text: string): void {
    this.#loose.push(text)
    this.#size += text.length
    if (this.#size > MOST_LOOSE) this.#fold()
  }

  /** All that there is by now. */
  get content(): Blob {
    this.#fold()
    return this.#blob
  }

  #fold(): void {
    this.#blob = new Blob([this.#blob, ...this.#loose])
    this.#loose = []
    this.#size = 0
  }
}
