import type { Session, SignInRequest, User } from '@jotc/core/api/account'
import type { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import type {
  ListQuery,
  SolvedSubmission,
  SolveRequest,
  SubmissionDetail,
  SubmissionFilter,
  SubmissionPage,
  SubmissionStats,
} from '@jotc/core/api/jotc'
import type { FieldError, Problem } from '@jotc/core/api/problem'
import type { Removal, RoleChange, UserPage, UserQuery } from '@jotc/core/api/users'
import { PATHS } from '#frame/paths.ts'
import { toast } from '#ui/toast.tsx'
import { readConfig } from './config.ts'
import { session } from './session.ts'
import { goToSignIn } from './sign-in.tsx'
import { t } from './words/en.ts'

type Gets = {
  '/me': { query: Record<string, never>; answer: User }
  '/jotc': { query: ListQuery; answer: SubmissionPage }
  '/users': { query: UserQuery; answer: UserPage }
  '/jotc/stats': { query: SubmissionFilter; answer: SubmissionStats }
  [submission: `/jotc/${string}-${string}`]: { query: Record<string, never>; answer: SubmissionDetail }
}
type Posts = {
  '/login': { body: SignInRequest; answer: Session | Challenge }
  '/login/code': { body: CodeRequest; answer: Session }
  '/jotc': { body: SolveRequest; answer: SolvedSubmission }
}

type Deletes = {
  '/me': { answer: undefined }
  [submissions: `/users/${string}/submissions`]: { answer: Removal }
}

const TIMEOUT_MS = 10_000

/**
 * The HTTP API, with the token of the person who is signed in.
 *
 * Throws `ApiProblem` for every answer that is no success, `Unreachable` when none came (offline, refused,
 * none in 10 s), and the signal's `AbortError` when the caller gave up: that is not reported.
 * A refused token ends the session and leads to sign-in; not from the board after `/me`, which nobody asked for.
 */
export const api = {
  get<Path extends keyof Gets & string>(path: Path, query: Gets[Path]['query'] = {}, signal?: AbortSignal) {
    const entries = Object.entries(query).filter(([, value]) => value !== undefined)
    const search = new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))
    return send<Gets[Path]['answer']>('GET', search.size > 0 ? `${path}?${search}` : path, { signal })
  },
  /** @param key the same one for what is sent again, so that it is done once */
  post<Path extends keyof Posts>(path: Path, body: Posts[Path]['body'], key?: string) {
    // Signing in carries no token, also where the last session is still there.
    const token = path.startsWith('/login') ? undefined : session.get()?.token
    return send<Posts[Path]['answer']>('POST', path, { body, token, key })
  },
  patchUser(id: string, change: RoleChange) {
    return send<User>('PATCH', `/users/${id}`, { body: change })
  },
  delete<Path extends keyof Deletes & string>(path: Path) {
    return send<Deletes[Path]['answer']>('DELETE', path, {})
  },
  /** Revokes a token that the page holds no more. */
  logout(token: string) {
    return send<undefined>('POST', '/logout', { token })
  },
}

type RequestOptions = {
  body?: unknown
  signal?: AbortSignal | undefined
  token?: string | undefined
  key?: string | undefined
}

async function send<Answer>(method: string, path: string, sent: RequestOptions): Promise<Answer> {
  const { body, signal, token, key } = { token: session.get()?.token, ...sent }
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  if (key !== undefined) headers.set('idempotency-key', key)
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const request: RequestInit = { method, headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout }
  if (body !== undefined) request.body = JSON.stringify(body)
  try {
    const { apiUrl } = await readConfig()
    const answer = await fetch(apiUrl + path, request)
    if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as Answer
    if (answer.status === 401 && token !== undefined) handleRefusedToken(token, path === '/me')
    throw new ApiProblem(answer.status, await readProblem(answer))
  } catch (error) {
    if (error instanceof ApiProblem || signal?.aborted) throw error
    throw new Unreachable(timeout.aborted ? 'timeout' : navigator.onLine ? 'unreachable' : 'offline', { cause: error })
  }
}

/** The problem that an answer carries; none when something else than our API answered, such as a proxy. */
export async function readProblem(answer: Response): Promise<Problem | undefined> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return undefined
  return (await answer.json()) as Problem
}

/**
 * For a token that the service refused because it expired or was revoked. Ends the session and leads to sign-in,
 * and from there back; once, however many calls carried the token.
 *
 * @param isUnasked the call was the app's own and nobody waits for its answer: a person at the board stays there
 */
export function handleRefusedToken(token: string, isUnasked: boolean): void {
  if (session.get()?.token !== token) return
  session.end()
  if (!isUnasked || location.pathname !== PATHS.board) goToSignIn()
  toast.warning({ title: t.sessionEnded, detail: t.sessionEndedDetail })
}

/** An answer of the API that is no success. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  /** Names an unexpected error in the service's log. */
  readonly code: string | undefined
  /** Every field that is wrong. */
  readonly errors: readonly FieldError[]
  /** The address that was probably meant. */
  readonly didYouMean: string | undefined
  /** Tries that are left after a wrong code. */
  readonly triesLeft: number | undefined

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ? t.said(status, problem.detail) : status >= 500 ? t.broken : t.refused)
    this.status = status
    this.code = problem?.code
    this.errors = problem?.errors ?? []
    this.didYouMean = problem?.didYouMean
    this.triesLeft = problem?.triesLeft
  }
}

/** No answer came. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly reason: 'offline' | 'timeout' | 'unreachable'

  constructor(reason: Unreachable['reason'], options?: ErrorOptions) {
    super(t[reason], options)
    this.reason = reason
  }
}

/** What a person is told of a failed call: a sentence, and the code of an unexpected error. */
export type ShownProblem = { detail: string; code: string | undefined }

/** @throws what is no failed call, as it is */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof ApiProblem) return { detail: error.message, code: error.code }
  if (error instanceof Unreachable) return { detail: error.message, code: undefined }
  throw error
}
