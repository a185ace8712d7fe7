import { ApiProblem, handleRefusedToken, readProblem, Unreachable } from './client.ts'
import { readConfig } from './config.ts'
import { session } from './session.ts'

type Opening = { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string; signal: AbortSignal }

/** Refused for now: full, restarting, or asked too often. */
export class TryLater extends ApiProblem {
  /** How long the service wants to be left alone, where it says so. */
  readonly milliseconds: number

  constructor(answer: Response, problem: Awaited<ReturnType<typeof readProblem>>) {
    super(answer.status, problem)
    this.milliseconds = 1000 * Number(answer.headers.get('retry-after') ?? 0)
  }
}

/**
 * Calls the API for an answer that is read as it comes, of any length and for any time. Throws as `api` does;
 * what breaks off while it is read is the reader's to notice (`connectionLost`).
 */
export async function openStream(path: string, { headers, ...request }: Opening): Promise<Response> {
  const token = session.get()?.token
  const sent = new Headers(headers)
  if (token !== undefined) sent.set('authorization', `Bearer ${token}`)
  try {
    const { apiUrl } = await readConfig()
    const answer = await fetch(apiUrl + path, { ...request, headers: sent, cache: 'no-store' })
    if (answer.ok) return answer
    const problem = await readProblem(answer)
    if (answer.status === 401 && token !== undefined) handleRefusedToken(token, false)
    throw isTransient(answer.status) ? new TryLater(answer, problem) : new ApiProblem(answer.status, problem)
  } catch (error) {
    if (error instanceof ApiProblem || request.signal.aborted) throw error
    throw connectionLost(error)
  }
}

/** An answer that ended before its end, or never began. */
export function connectionLost(cause: unknown): Unreachable {
  return new Unreachable(navigator.onLine ? 'unreachable' : 'offline', { cause })
}

function isTransient(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}
