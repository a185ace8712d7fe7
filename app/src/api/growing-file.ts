/** Bytes, or characters, that are gathered before they become part of the blob. */
const MOST_LOOSE = 1024 * 1024

/**
 * A file that only grows, kept in blobs: the browser may hold them outside the page's memory, so a million lines
 * cost it little.
 */
export class GrowingFile {
  #blob = new Blob()
  #loose: (string | Uint8Array<ArrayBuffer>)[] = []
  #size = 0

  add(part: string | Uint8Array<ArrayBuffer>): void {
    this.#loose.push(part)
    this.#size += part.length
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
