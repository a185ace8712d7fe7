import type { FastifyBaseLogger } from 'fastify'

type Listener<Message> = (message: Message) => void

/** Who in this worker listens to which channel. A listener that throws is logged and keeps nobody else from hearing. */
export class Subscribers<Message extends string = string> {
  readonly #log: Pick<FastifyBaseLogger, 'error'>
  readonly #listeners = new Map<string, Set<Listener<Message>>>()

  constructor(log: Pick<FastifyBaseLogger, 'error'>) {
    this.#log = log
  }

  get channels(): string[] {
    return [...this.#listeners.keys()]
  }

  /** @returns removes this listener once more, however often it was added */
  add(channel: string, listener: Listener<Message>): () => void {
    const own: Listener<Message> = (message) => listener(message)
    const listeners = this.#listeners.getOrInsertComputed(channel, () => new Set())
    listeners.add(own)
    return () => {
      listeners.delete(own)
      if (listeners.size === 0 && this.#listeners.get(channel) === listeners) this.#listeners.delete(channel)
    }
  }

  tell(channel: string, message: Message): void {
    for (const listener of this.#listeners.get(channel) ?? []) {
      try {
        listener(message)
      } catch (error) {
        this.#log.error({ err: error, channel }, 'a subscriber failed on an announcement')
      }
    }
  }
}
