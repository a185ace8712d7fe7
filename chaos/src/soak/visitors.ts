import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { uniqueBoard } from '../load/clients.ts'
import { signIn } from '../service.ts'

export type Tally = { answers: Record<string, number>; unforeseen: string[] }

type Visitor = { times: number; visits(url: string, token: string, tally: Tally): Promise<void> }

/** Pauses of a visitor between two visits, in milliseconds, at random. */
const PAUSES = [10, 60] as const
const DIFFERENT_PEOPLE = 500
let visits = 0

/** Who comes, how many of them at once, and what each of them does over and over. */
const VISITORS: Visitor[] = [
  {
    times: 4,
    visits: (url, token, tally) => call(tally, 201, `${url}/jotc`, post({ clouds: uniqueBoard(++visits) }, token)),
  },
  { times: 2, visits: (url, token, tally) => call(tally, 200, `${url}/jotc?pageSize=20&sortBy=size`, get(token)) },
  { times: 1, visits: (url, token, tally) => call(tally, 200, `${url}/jotc/stats`, get(token)) },
  { times: 1, visits: (url, _token, tally) => call(tally, 200, `${url}/health/ready`, {}) },
  { times: 1, visits: (url, token, tally) => call(tally, 400, `${url}/jotc`, post({ clouds: '1' }, token)) },
  { times: 1, visits: (url, _token, tally) => call(tally, 401, `${url}/me`, get('nonsense')) },
  { times: 1, visits: (url, token, tally) => call(tally, 200, `${url}/jotc/batch`, batch(token)) },
  { times: 1, visits: (url, token, tally) => call(tally, 200, `${url}/jotc/export?solvable=false`, get(token)) },
  { times: 2, visits: readsTheFeed },
  { times: 1, visits: comesAndGoes },
  { times: 1, visits: leavesBeforeTheAnswer },
]

/** Lets all visitors come until the signal. */
export async function visitUntil(url: string, token: string, ended: AbortSignal): Promise<Tally> {
  const tally: Tally = { answers: {}, unforeseen: [] }
  const all = VISITORS.flatMap(({ times, visits }) => Array.from({ length: times }, () => visits))
  await Promise.all(
    all.map(async (visits) => {
      while (!ended.aborted) {
        await visits(url, token, tally).catch((error: Error) => void tally.unforeseen.push(`${error.cause ?? error}`))
        await wait(PAUSES[0] + Math.random() * (PAUSES[1] - PAUSES[0]))
      }
    }),
  )
  return tally
}

const post = (body: object, token: string): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const batch = (token: string): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
  body: '0110\nno board\n',
})
const get = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } })

async function call(tally: Tally, expected: number, url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, init)
  const text = await answer.text()
  count(tally, answer.status)
  if (answer.status !== expected) tally.unforeseen.push(`${answer.status}, and not ${expected}: ${text}`)
}

async function comesAndGoes(url: string, _token: string, tally: Tally): Promise<void> {
  const { token } = await signIn(url, `visitor${visits++ % DIFFERENT_PEOPLE}`)
  await call(tally, 200, `${url}/me`, get(token))
  await call(tally, 204, `${url}/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
}

/** Reads what others send for a while, and then leaves. */
async function readsTheFeed(url: string, token: string, tally: Tally): Promise<void> {
  const leaving = AbortSignal.timeout(Math.round(500 + Math.random() * 2_500))
  const answer = await fetch(`${url}/jotc/live`, { ...get(token), signal: leaving })
  await answer.text().catch((error) => {
    if (!leaving.aborted) throw error
  })
  count(tally, answer.status === 200 ? 'fed' : answer.status)
}

/** On a connection of its own, which is cut in the middle of the request. */
async function leavesBeforeTheAnswer(url: string, token: string, tally: Tally): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const leaving = request(`${url}/jotc`, { method: 'POST', headers, agent: false })
  leaving.once('error', () => {}).once('close', resolve)
  leaving.once('socket', (socket) =>
    socket.once('connect', () => setTimeout(() => leaving.destroy(), Math.random() * 5)),
  )
  leaving.write(JSON.stringify({ clouds: uniqueBoard(++visits) }))
  await promise
  count(tally, 'gone')
}

function count({ answers }: Tally, answer: string | number): void {
  answers[answer] = (answers[answer] ?? 0) + 1
}
