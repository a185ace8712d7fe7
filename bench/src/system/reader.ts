import { type Connection, openConnections, request } from '../measure/connection.ts'

/** Somebody who reads lists, one answer after the other. */
export class Reader {
  readonly #connection: Connection
  readonly #token: string

  /** How many requests the service gave up on (503). */
  refused = 0

  private constructor(connection: Connection, token: string) {
    this.#connection = connection
    this.#token = token
  }

  static async connect(port: number, token: string): Promise<Reader> {
    const [connection] = await openConnections(port, 1)
    if (!connection) throw new Error('No connection.')
    return new Reader(connection, token)
  }

  /** @returns endless `ms` where the service gave up @throws when the answer is neither that nor 200 */
  async reads<Body>(path: string): Promise<{ body: Body; ms: number }> {
    const bytes = request('GET', path, { token: this.#token })
    const begun = performance.now()
    const { status, body } = await this.#connection.ask(bytes)
    const ms = performance.now() - begun
    if (status !== 200 && status !== 503) throw new Error(`${path} was answered with ${status}: ${body}`)
    if (status === 503) this.refused++
    return { body: JSON.parse(body.toString()) as Body, ms: status === 503 ? Number.POSITIVE_INFINITY : ms }
  }

  close(): void {
    this.#connection.close()
  }
}
