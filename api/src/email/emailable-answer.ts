import { readEmail } from '@jotc/core/person/email'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { Fault, type FaultKind } from './fault.ts'
import { type Verdict, VerdictState } from './verdict.ts'

const Flag = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))

/** The part of Emailable's answer that we use; more fields may come. */
const Answer = Type.Object({
  state: VerdictState,
  disposable: Flag,
  accept_all: Flag,
  did_you_mean: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

/**
 * Reads the answer to a question about `email` to its end. Only a 200 with one of the four known states
 * is a verdict.
 *
 * @throws Fault for every other answer; an error of `fetch` when the connection ends within the body
 */
export async function readAnswer(response: Response, email: string): Promise<Verdict> {
  if (response.status !== 200) {
    await response.body?.cancel()
    throw faultOfStatus(response.status, response.headers.get('retry-after'))
  }
  const answer = parsed(await response.text())
  if (!Check(Answer, answer)) throw new Fault('strange', 'an answer that is no verdict')
  const verdict: Verdict = {
    kind: 'verdict',
    state: answer.state,
    disposable: answer.disposable ?? false,
    acceptAll: answer.accept_all ?? false,
  }
  const meant = readEmail(answer.did_you_mean ?? '')
  return 'value' in meant && meant.value !== email ? { ...verdict, didYouMean: meant.value } : verdict
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('strange', 'an answer that is no JSON')
  }
}

/** The fault that a status other than 200 means; `retryAfter` is the header of that name. */
export function faultOfStatus(status: number, retryAfter: string | null): Fault {
  return new Fault(kindOf(status), `status ${status}`, waitIn(retryAfter))
}

function kindOf(status: number): FaultKind {
  if (status === 249) return 'busy'
  if (status === 429 || status >= 500) return 'transient'
  // 404 is among them: the one path we ask is missing only where EMAILABLE_URL points at something else.
  return [401, 402, 403, 404].includes(status) ? 'operator' : 'strange'
}

/** A Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3); 0 where it is neither. */
function waitIn(retryAfter: string | null): number {
  if (retryAfter === null) return 0
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : 0
}
