import fp from 'fastify-plugin'
import type { Sql } from 'sql-template-tag'

declare module 'fastify' {
  interface FastifyInstance {
    sweeper: Sweeper
  }
}

type Sweeper = {
  /** Adds a statement that tidies up; it is run again and again, now and then by several workers at the same time. */
  add(statement: Sql): void
  /** Runs all of them now. */
  sweep(): Promise<void>
}

const EVERY = 60_000
/** Seconds: a little less than the shortest time between two looks of a worker. */
const TURN_LASTS = 44

/**
 * Removes rows that have outlived their time, once a minute: by one of the workers where they share a store, by each
 * where they do not. Late or left out, it harms nobody.
 */
export const sweeper = fp(
  async (api) => {
    const statements: Sql[] = []
    const sweep = async () => {
      for (const statement of statements) await api.database.query(statement)
    }
    api.decorate('sweeper', { add: (statement) => void statements.push(statement), sweep })

    const inTurn = async () => {
      if (await api.store.setIfAbsent('sweeping', '1', TURN_LASTS)) await sweep()
    }
    // Workers that started together do not sweep together.
    const every = EVERY * (0.75 + Math.random() / 2)
    const timer = setInterval(() => {
      inTurn().catch((error: unknown) => void api.reportError(error, { work: 'sweeping' }))
    }, every).unref()
    api.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'sweeper', dependencies: ['database', 'errorHandler', 'store'] },
)
