import type { FieldError, Problem, ProblemType } from '@jotc/core/api/problem'
import { t as everywhere } from '#i18n/words/en.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { readConfig } from './config.ts'
import { type SignedIn, session } from './session.ts'
import { goToSignIn } from './sign-in.tsx'
import { t } from './words/en.ts'

/** A code may take 14 s to be sent. */
const TIMEOUT_MS = 15_000

/**
 * The HTTP API, at which a cookie says who is signed in.
 *
 * Throws `ApiProblem` for every failure that the service names, `Unreachable` when it did not answer (offline, refused,
 * none in 15 s), and the signal's `AbortError` when the caller gave up: that is not reported.
 * A refused session is over and leads to sign-in, except on the board after the app's own call of `/me`.
 */
export const api = {
  get<Answer>(path: string, query: object = {}, signal?: AbortSignal) {
    const entries = Object.entries(query).filter(([, value]) => value !== undefined)
    const search = new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))
    return send<Answer>('GET', search.size > 0 ? `${path}?${search}` : path, { signal })
  },
  /** @param key the idempotency key, the same on a retry */
  post<Answer>(path: string, body?: object, key?: string) {
    return send<Answer>('POST', path, { body, key })
  },
  patch<Answer>(path: string, body: object) {
    return send<Answer>('PATCH', path, { body })
  },
  delete<Answer>(path: string) {
    return send<Answer>('DELETE', path, {})
  },
}

type RequestOptions = {
  body?: object | undefined
  signal?: AbortSignal | undefined
  key?: string | undefined
}

async function send<Answer>(method: string, path: string, options: RequestOptions): Promise<Answer> {
  const { body, signal, key } = options
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (key !== undefined) headers.set('idempotency-key', key)
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const request: RequestInit = {
    method,
    headers,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    // What ends something, such as a session, is sent also when the page is left in that moment.
    keepalive: method !== 'GET' && body === undefined,
  }
  if (body !== undefined) request.body = JSON.stringify(body)
  try {
    const answer = await successOf(path, request)
    return (answer.status === 204 ? undefined : await answer.json()) as Answer
  } catch (error) {
    if (error instanceof ApiProblem || signal?.aborted) throw error
    throw timeout.aborted ? new Unreachable('timeout', { cause: error }) : connectionLost(error)
  }
}

type Opening = { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal }

/**
 * Calls the API for a streamed answer of any length and duration. Throws as `api` does. If the stream breaks off, the
 * reader must notice (`connectionLost`).
 */
export async function openStream(path: string, request: Opening): Promise<Response> {
  try {
    return await successOf(path, { ...request, cache: 'no-store' })
  } catch (error) {
    if (error instanceof ApiProblem || request.signal.aborted) throw error
    throw connectionLost(error)
  }
}

/** Throws an `ApiProblem`, or whatever kept the service from answering. */
async function successOf(path: string, request: RequestInit): Promise<Response> {
  const known = session.get()
  const { apiUrl } = await readConfig()
  const answer = await fetch(apiUrl + path, request)
  if (answer.ok) return answer
  // Otherwise a proxy answered, not the service.
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) throw new Error(`${answer.status}`)
  const problem = new ApiProblem((await answer.json()) as Problem, answer.headers.get('retry-after'))
  if (known && isSessionOver(problem)) endSession(known, problem.type as SessionEnd, path === '/me')
  throw problem
}

const SESSION_ENDS = [
  'sign-in-required',
  'invalid-token',
  'session-expired',
  'session-ended',
  'account-erased',
] as const
export type SessionEnd = (typeof SESSION_ENDS)[number]

/**
 * For a session that the service refuses. Leads to sign-in, from there back, and says why; once, however many calls it
 * refused.
 *
 * @param isUnasked the call was the app's own and nobody waits for its answer: a person at the board stays there
 */
export function endSession({ since }: SignedIn, why: SessionEnd, isUnasked: boolean): void {
  if (!session.end(since)) return
  if (!isUnasked || location.pathname !== PATHS.board) goToSignIn()
  toast.warning({ title: t.signedOut, detail: t.signedOutWhy[why] })
}

/** Whether the error means that the session is over. The person was told already, and is on the sign-in page. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof ApiProblem && (SESSION_ENDS as readonly string[]).includes(error.type)
}

/** A failure that the service names. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** What decides; a newer service may have types that this page does not know. */
  readonly type: ProblemType
  /** When the same call may succeed; undefined where waiting does not help. */
  readonly retryAfterMs: number | undefined
  /** Names an unexpected error in the service's log. */
  readonly code: string | undefined
  /** Every field that is wrong. */
  readonly errors: readonly FieldError[]
  /** The address that was probably meant. */
  readonly didYouMean: string | undefined
  /** Tries that are left after a wrong code. */
  readonly triesLeft: number | undefined

  /** @param retryAfter the header: whole seconds */
  constructor(problem: Problem, retryAfter: string | null) {
    const type = problem.type.replace('/problems/', '') as ProblemType
    const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
    super(t.said(type, problem.detail ?? (type === 'unexpected' ? t.broken : t.refused), seconds))
    this.type = type
    this.retryAfterMs = seconds === undefined ? undefined : 1000 * seconds
    this.code = problem.code
    this.errors = problem.errors ?? []
    this.didYouMean = problem.didYouMean
    this.triesLeft = problem.triesLeft
  }
}

/** The service did not answer. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly reason: 'offline' | 'timeout' | 'unreachable'

  constructor(reason: Unreachable['reason'], options?: ErrorOptions) {
    super(reason === 'timeout' ? t.timeout : everywhere[reason], options)
    this.reason = reason
  }
}

/** For an answer that broke off or never began. */
export function connectionLost(cause: unknown): Unreachable {
  return new Unreachable(navigator.onLine ? 'unreachable' : 'offline', { cause })
}

/** How a failure is shown: a sentence, and the code of an unexpected error. */
export type ShownProblem = { detail: string; code: string | undefined }

/** Any other error is a bug of the page: it is reported to the console, and the person gets a general sentence. */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof ApiProblem) return { detail: error.message, code: error.code }
  if (error instanceof Unreachable) return { detail: error.message, code: undefined }
  reportError(error)
  return { detail: t.pageBroken, code: undefined }
}
