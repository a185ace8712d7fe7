/** Downloads a file under this name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  download(url, name)
  // By then the download has started and keeps the file itself.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Has the browser download what is at an address of this site. @param name of the file, unless the server gives one */
export function download(url: string, name = ''): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

/** Bytes or characters to collect before they go into the blob. */
const MAX_PENDING = 1024 * 1024

/**
 * A file that only grows, kept in blobs: the browser may hold them outside the page's memory.
 */
export class GrowingFile {
  #blob = new Blob()
  #pending: (string | Uint8Array<ArrayBuffer>)[] = []
  #size = 0

  add(part: string | Uint8Array<ArrayBuffer>): void {
    this.#pending.push(part)
    this.#size += part.length
    if (this.#size > MAX_PENDING) this.#fold()
  }

  /** Everything added so far. */
  get content(): Blob {
    this.#fold()
    return this.#blob
  }

  #fold(): void {
    this.#blob = new Blob([this.#blob, ...this.#pending])
    this.#pending = []
    this.#size = 0
  }
}

/** The lines of NDJSON, all that came at once as one list: a step a line would keep the page from answering. */
export async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string[]> {
  let rest = ''
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
}
