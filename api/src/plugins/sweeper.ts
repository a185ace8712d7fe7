import fp from 'fastify-plugin'
import type { Sql } from 'sql-template-tag'

declare module 'fastify' {
  interface FastifyInstance {
    sweeper: Sweeper
  }
}

export type Sweeper = {
  /** Adds a statement that removes what nobody needs any more; workers run it at the same time, and again and again. */
  add(statement: Sql): void
  /** Runs all of them now. */
  sweep(): Promise<void>
}

const EVERY = 60_000

/** Removes rows that have outlived their time, once a minute. Late or left out, it harms nobody. */
export const sweeper = fp(
  async (api) => {
    const statements: Sql[] = []
    const sweep = async () => {
      for (const statement of statements) await api.database.query(statement)
    }
    api.decorate('sweeper', { add: (statement) => void statements.push(statement), sweep })

    // Workers that started together do not sweep together.
    const every = EVERY * (0.75 + Math.random() / 2)
    const timer = setInterval(() => {
      sweep().catch((error: Error) => api.log.warn({ err: error }, 'sweeping failed; it is tried again'))
    }, every).unref()
    api.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'sweeper', dependencies: ['database'] },
)
