import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the worker is taking requests of its own to get warm (warm-up.ts): neither logged nor counted. */
    warmth: { isWarming: boolean }
  }
}

export const warmth = fp(
  async (api) => {
    api.decorate('warmth', { isWarming: false })
  },
  { name: 'warmth' },
)
