import type { IncomingHttpHeaders } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { text } from 'node:stream/consumers'

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }

/** Asks over HTTPS; `ca` is whose certificates to trust. */
export function ask(url: string, ca: string, { body, ...options }: RequestOptions & { body?: object } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const json = body && JSON.stringify(body)
    const headers = { ...options.headers, ...(json && { 'content-type': 'application/json' }) }
    const method = json ? 'POST' : 'GET'
    const sent = request(url, { ca, method, agent: false, ...options, headers }, async (answer) => {
      const { statusCode = 0, headers } = answer
      text(answer).then((body) => resolve({ status: statusCode, headers, body }), reject)
    })
    sent.on('error', reject)
    sent.end(json)
  })
}
