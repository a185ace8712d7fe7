import fp from 'fastify-plugin'
import { emailable } from './emailable.ts'
import type { VerdictStore } from './kept-verdicts.ts'
import { createVerifier, type Verifier } from './verifier.ts'

declare module 'fastify' {
  interface FastifyInstance {
    verifier: Verifier
  }
}

/**
 * The email verifier for all resources, as `api.verifier`.
 *
 * @param url where Emailable is, without the path
 * @param key absent where verification is off
 */
export const verifier = fp<{ url: string; key: string | undefined; store: VerdictStore }>(
  async (api, { url, key, store }) => {
    const client = key === undefined ? undefined : emailable(url, key)
    api.decorate('verifier', createVerifier({ client, store, log: api.log }))
  },
  { name: 'verifier' },
)
