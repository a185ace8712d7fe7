import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { appUrl } from './service.ts'

const HASHED = /-([\w-]{8})\.(js|css)\b/g
const NEXT = /-([\w-]{8})B\.(js|css)$/

/** The app's server at an address of its own, with what can go wrong there; so no test meets the worker of another. */
export class Front {
  readonly server: Server
  /** As if all machines of ours were gone. */
  isAway = false
  /** As if another build had taken the place of this one: other names for every script, and none of the old. */
  isNextBuild = false

  private constructor(server: Server) {
    this.server = server
    server.on('request', (request, response) => this.#answer(request, response))
  }

  static async starts(): Promise<Front> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Front(server)
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = this.#pathOf(request.url ?? '')
    if (this.isAway) return void response.destroy()
    if (path === undefined) return void response.writeHead(404).end()
    const { 'if-none-match': _tag, 'if-modified-since': _since, ...sent } = request.headers
    const headers = { ...sent, 'accept-encoding': 'identity' }
    const inner = ask(appUrl() + path, { method: request.method, headers }, async (answer) => {
      answer.on('error', () => response.destroy())
      const isText = /html|javascript|css/.test(answer.headers['content-type'] ?? '')
      if (!this.isNextBuild || !isText)
        return void answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers))
      const body = (await text(answer)).replace(HASHED, '-$1B.$2').replace(/(revision:.)/, '$1B')
      const { 'content-length': _length, etag: _etag, 'last-modified': _date, ...rest } = answer.headers
      response.writeHead(answer.statusCode ?? 0, rest).end(body)
    })
    inner.on('error', () => response.destroy())
    response.on('close', () => inner.destroy())
    request.pipe(inner)
  }

  /** Of the file in the build that there is; undefined where this build has none of that name. */
  #pathOf(path: string): string | undefined {
    if (!this.isNextBuild || !path.startsWith('/assets/')) return path
    return NEXT.test(path) ? path.replace(NEXT, '-$1.$2') : undefined
  }
}
