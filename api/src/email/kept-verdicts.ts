import { hash, randomUUID } from 'node:crypto'
import { readEmail } from '@jotc/core/person/email'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Store } from '../redis/store.ts'
import { type Verdict, VerdictState } from './verdict.ts'

/** The part of the store (redis/) that the verifier needs. What is in it may be gone at any moment. */
export type VerdictStore = Pick<Store, 'get' | 'set' | 'setIfAbsent' | 'delete'>

const WEEK = 7 * 24 * 60 * 60
const TEN_MINUTES = 10 * 60

/** In seconds. `unknown` may be another verdict soon. */
const LIFETIMES: Record<VerdictState, number> = {
  deliverable: WEEK,
  risky: WEEK,
  undeliverable: WEEK,
  unknown: TEN_MINUTES,
}

/** Seconds after which the turn of a worker that died in it is free again; longer than any question takes. */
const TURN = 10

type Kept = Static<typeof Kept>
const Kept = Type.Object({
  state: VerdictState,
  disposable: Type.Boolean(),
  acceptAll: Type.Boolean(),
  meantDomain: Type.Optional(Type.String()),
})

/**
 * The verdicts in the store, and whose turn it is to ask for one. Addresses are given in their stored
 * form (see `readEmail`).
 *
 * Promises: no address stands in the store: the key is its hash, and of `didYouMean` only the domain is
 * kept. (A suggestion that changes the part before the @ too is not offered a second time.) What is not
 * a verdict there counts as absent.
 */
export function keptVerdicts(store: VerdictStore) {
  const holder = randomUUID()
  return {
    async read(email: string): Promise<Verdict | undefined> {
      const text = await store.get(`verdict:${hashed(email)}`)
      return text === undefined ? undefined : unpack(email, text)
    },
    async keep(email: string, verdict: Verdict): Promise<void> {
      await store.set(`verdict:${hashed(email)}`, pack(email, verdict), LIFETIMES[verdict.state])
    },
    /** Whether the caller may ask now; else some worker is asking. Who got the turn ends it. */
    async takeTurn(email: string): Promise<boolean> {
      return await store.setIfAbsent(`verdict-turn:${hashed(email)}`, holder, TURN)
    },
    async endTurn(email: string): Promise<void> {
      await store.delete(`verdict-turn:${hashed(email)}`, holder)
    },
  }
}

function hashed(email: string): string {
  return hash('sha256', email, 'base64url')
}

function pack(email: string, { state, disposable, acceptAll, didYouMean }: Verdict): string {
  const kept: Kept = { state, disposable, acceptAll }
  const [localPart, domain] = halves(didYouMean ?? email)
  if (didYouMean !== undefined && localPart === halves(email)[0]) kept.meantDomain = domain
  return JSON.stringify(kept)
}

function unpack(email: string, text: string): Verdict | undefined {
  const kept = parsed(text)
  if (!Check(Kept, kept)) return undefined
  const { meantDomain, ...said } = kept
  const verdict: Verdict = {
    kind: 'verdict',
    state: said.state,
    disposable: said.disposable,
    acceptAll: said.acceptAll,
  }
  const meant = readEmail(`${halves(email)[0]}@${meantDomain ?? ''}`)
  return 'value' in meant ? { ...verdict, didYouMean: meant.value } : verdict
}

function halves(email: string): [localPart: string, domain: string] {
  const at = email.lastIndexOf('@')
  return [email.slice(0, at), email.slice(at + 1)]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
