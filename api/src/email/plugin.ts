import fp from 'fastify-plugin'
import { emailable } from './emailable.ts'
import type { VerdictStore } from './kept-verdicts.ts'
import { createVerifier, type Verifier } from './verifier.ts'

declare module 'fastify' {
  interface FastifyInstance {
    verifier: Verifier
  }
}

const BREAKER_STATES = ['off', 'closed', 'halfOpen', 'open']

/**
 * The email verifier for all resources, as `api.verifier`.
 *
 * @param url where Emailable is, without the path
 * @param key absent where verification is off
 */
export const verifier = fp<{ url: string; key: string | undefined; store: VerdictStore }>(
  async (api, { url, key, store }) => {
    const client = key === undefined ? undefined : emailable(url, key)
    const verifier = createVerifier({ client, store, log: api.log })
    api.decorate('verifier', verifier)
    api.metrics.counts('jotc_verifier_outcomes_total', 'What the verifier answered.', 'outcome', () => ({
      ...verifier.counts,
    }))
    api.metrics.gauges('jotc_verifier_breaker', 'The state that the circuit breaker is in: 1.', 'state', () => {
      const { breaker } = verifier
      return Object.fromEntries(BREAKER_STATES.map((state) => [state, breaker === state ? 1 : 0]))
    })
  },
  { name: 'verifier', dependencies: ['metrics'] },
)
