import type { Session, SignInRequest, User } from '@jotc/core/api/account'
import type {
  ListQuery,
  SolvedSubmission,
  SolveRequest,
  SubmissionDetail,
  SubmissionFilter,
  SubmissionPage,
  SubmissionStats,
} from '@jotc/core/api/jotc'
import type { Problem } from '@jotc/core/api/problem'
import { ApiProblem, Unreachable } from './api-errors.ts'
import { readConfig } from './config.ts'
import { expelled } from './expelled.ts'
import { session } from './session.ts'

type Gets = {
  '/me': { query: Record<string, never>; answer: User }
  '/jotc': { query: ListQuery; answer: SubmissionPage }
  '/jotc/stats': { query: SubmissionFilter; answer: SubmissionStats }
  [submission: `/jotc/${string}-${string}`]: { query: Record<string, never>; answer: SubmissionDetail }
}
type Posts = {
  '/login': { body: SignInRequest; answer: Session }
  '/jotc': { body: SolveRequest; answer: SolvedSubmission }
}

const PATIENCE = 10_000

/**
 * The HTTP API, with the token of who is signed in.
 *
 * Throws `ApiProblem` for every answer that is no success, `Unreachable` when none came (offline, refused,
 * none in 10 s), and the signal's `AbortError` when the caller gave up: that is no failure to report.
 * A refused token ends the session and leads to sign-in.
 */
export const api = {
  get<Path extends keyof Gets & string>(path: Path, query: Gets[Path]['query'] = {}, signal?: AbortSignal) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined)
    const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
    return send<Gets[Path]['answer']>('GET', search.size > 0 ? `${path}?${search}` : path, undefined, signal)
  },
  post<Path extends keyof Posts>(path: Path, body: Posts[Path]['body'], signal?: AbortSignal) {
    return send<Posts[Path]['answer']>('POST', path, body, signal)
  },
}

async function send<Answer>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const token = session.get()?.token
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  const timeout = AbortSignal.timeout(PATIENCE)
  const request: RequestInit = { method, headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout }
  if (body !== undefined) request.body = JSON.stringify(body)
  try {
    const { apiUrl } = await readConfig()
    const answer = await fetch(apiUrl + path, request)
    if (answer.ok) return (await answer.json()) as Answer
    if (answer.status === 401 && token !== undefined) expelled(token)
    throw new ApiProblem(answer.status, await problemOf(answer))
  } catch (error) {
    if (error instanceof ApiProblem || signal?.aborted) throw error
    throw new Unreachable(timeout.aborted ? 'timeout' : navigator.onLine ? 'unreachable' : 'offline', { cause: error })
  }
}

/** The problem that an answer carries; none when something else than our API answered, such as a proxy. */
async function problemOf(answer: Response): Promise<Problem | undefined> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return undefined
  return (await answer.json()) as Problem
}
