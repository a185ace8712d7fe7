import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came: the decoded address, the key's header, and the query before anything decodes it. */
export type Call = { email: string; authorization: string | undefined; query: string }

type Play = (response: ServerResponse, email: string, number: string) => unknown

const deliverable: Play = (response, email) => verdict(response, email, 'deliverable', 'accepted_email')

/**
 * What the stand-in does, by the first word of the local part (words end at a dot). A number goes along.
 * Any other word is a deliverable address.
 */
const PLAYS: Record<string, Play> = {
  deliverable,
  risky: (response, email) => verdict(response, email, 'risky', 'low_deliverability'),
  undeliverable: (response, email) => verdict(response, email, 'undeliverable', 'rejected_email'),
  unknown: (response, email) => verdict(response, email, 'unknown', 'timeout'),
  strange: (response, email) => verdict(response, email, 'spamtrap', 'none'),
  /** status429, status500, status249: that status with Emailable's kind of message */
  status: (response, _email, number) => json(response, Number(number), { message: `Stand-in: ${number}` }),
  /** slow60: the verdict after that many seconds */
  slow: (response, email, seconds) => {
    const late = setTimeout(() => deliverable(response, email, seconds), Number(seconds) * 1_000)
    response.on('close', () => clearTimeout(late))
  },
  /** nothing, ever */
  silent: () => undefined,
  /** the head and half a body, then nothing */
  stall: (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"state": "deliv'),
  /** the same, then the connection is gone */
  torn: (response) => response.write('{"state": "deliv', () => response.destroy()),
  reset: (response) => response.socket?.resetAndDestroy(),
  /** html502, html200: a page of some proxy */
  html: (response, _email, number) =>
    response.writeHead(Number(number), { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
  empty: (response) => response.writeHead(200).end(),
  array: (response) => json(response, 200, []),
  redirect: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
}

/**
 * What further words of the local part add, as in `risky.acceptall@`, `status249.twice@`:
 * `acceptall`, `disposable`, `typo` (did_you_mean: the same name at gmail.com), `marked` (did_you_mean
 * with HTML in it), `retry60` (a Retry-After), `once` and `twice` (a deliverable address after that
 * many), `held` (answers only after `release`).
 */
const FIELDS: Record<string, (email: string) => object> = {
  acceptall: () => ({ accept_all: true }),
  disposable: () => ({ disposable: true }),
  typo: (email) => ({ did_you_mean: email.replace(/@.*/, '@gmail.com') }),
  marked: () => ({ did_you_mean: '<b>ana@gmail.com</b>' }),
}

/** A stand-in for Emailable on the loopback that plays each of its answers and faults by address. */
export async function startEmailable() {
  const calls: Call[] = []
  const events = new EventEmitter().setMaxListeners(0)
  const released = once(events, 'release')
  const callsFor = (email: string) => calls.filter((call) => call.email === email).length

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://stand-in')
    const email = searchParams.get('email') ?? ''
    const { authorization } = request.headers
    calls.push({ email, authorization, query: search })
    events.emit('call')
    if (pathname !== '/v1/verify') return json(response, 404, { message: 'No such thing' })
    if (!authorization?.startsWith('Bearer ')) return json(response, 401, { message: 'No key' })
    if (email === '') return json(response, 400, { message: 'No email' })
    const [first = '', ...further] = wordsOf(email)
    if (further.includes('held')) await released
    const most = further.includes('once') ? 1 : further.includes('twice') ? 2 : Number.POSITIVE_INFINITY
    const [, name = '', number = ''] = /^([a-z]+)(\d*)$/.exec(callsFor(email) > most ? 'deliverable' : first) ?? []
    const retryAfter = further.find((word) => /^retry\d+$/.test(word))
    if (retryAfter) response.setHeader('retry-after', retryAfter.slice('retry'.length))
    const play = PLAYS[name] ?? deliverable
    play(response, email, number)
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every request so far, oldest first. */
    calls,
    callsFor,
    /** Resolves at the next request. */
    nextCall: async () => void (await once(events, 'call')),
    /** Lets go the answers for `held` addresses, now and from now on. */
    release: () => void events.emit('release'),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function wordsOf(email: string): string[] {
  return email.slice(0, email.lastIndexOf('@')).toLowerCase().split('.')
}

function verdict(response: ServerResponse, email: string, state: string, reason: string): void {
  const [user = '', domain = ''] = email.split('@')
  const extra = wordsOf(email).map((word) => FIELDS[word]?.(email))
  json(response, 200, {
    email,
    user,
    tag: user.split('+')[1] ?? null,
    domain,
    state,
    reason,
    score: state === 'deliverable' ? 100 : 0,
    did_you_mean: null,
    accept_all: false,
    disposable: false,
    free: false,
    role: false,
    no_reply: null,
    mailbox_full: null,
    mx_record: `mx.${domain}`,
    smtp_provider: null,
    duration: 0.12,
    first_name: null,
    last_name: null,
    full_name: null,
    gender: null,
    ...Object.assign({}, ...extra),
  })
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
