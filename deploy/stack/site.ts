import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { somebody } from '@jotc/testing/service/client'

export const SITE = 'https://localhost'

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }

/** A person who has signed in by the mailed code. */
export type Visitor = { email: string; token: string }

export type Site = {
  ask(path: string, options?: RequestOptions & { body?: object }): Promise<Answer>
  /** Somebody new, who signs in by code. */
  visitor(): Promise<Visitor>
}

/**
 * The production stack as people reach it.
 *
 * @param ca whose certificates to trust
 * @param mails what the mail catcher has printed
 */
export function siteOf(ca: string, mails: () => Promise<string>): Site {
  const site = (path: string, options: RequestOptions & { body?: object } = {}) => ask(SITE + path, ca, options)
  const posted = async (path: string, body: object, status: number) => {
    const answer = await site(path, { body })
    assert.equal(answer.status, status, answer.body)
    return JSON.parse(answer.body)
  }
  return {
    ask: site,
    async visitor() {
      const { email, ...about } = somebody('Ana')
      const { challengeId } = await posted('/api/login', { email }, 202)
      const sent = (await mails()).trim().split('\n')
      const mail = sent.map((line) => JSON.parse(line)).findLast(({ to }) => to === email)
      const code = /^ {4}(\d{6})\r?$/m.exec(mail.source)?.[1]
      const { registration } = await posted('/api/login/code', { challengeId, code }, 202)
      const { token } = await posted('/api/accounts', { registration, ...about }, 201)
      return { email, token }
    },
  }
}

/** Asks over HTTPS; `ca` is whose certificates to trust. */
function ask(url: string, ca: string, { body, ...options }: RequestOptions & { body?: object } = {}) {
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
