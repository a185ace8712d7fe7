import fp from 'fastify-plugin'
import type { Sql } from 'sql-template-tag'

declare module 'fastify' {
  interface FastifyInstance {
    sweeper: Sweeper
  }
}

type Sweeper = {
  /** Adds a statement that tidies up. It runs again and again, sometimes in several workers at the same time. */
  add(statement: Sql): void
  /** Runs all of them now. */
  sweep(): Promise<void>
}

const INTERVAL_MS = 60_000

/** Removes rows that have outlived their time: each worker about once a minute. Late or left out, it harms nobody. */
export const sweeper = fp(
  async (api) => {
    const statements: Sql[] = []
    let isClosed = false
    const sweep = async () => {
      for (const statement of statements) if (!isClosed) await api.database.query(statement)
    }
    api.decorate('sweeper', { add: (statement) => void statements.push(statement), sweep })

    // Workers that started together do not sweep together.
    const interval = INTERVAL_MS * (0.75 + Math.random() / 2)
    const timer = setInterval(() => {
      sweep().catch((error: unknown) => void api.reportError(error, { work: 'sweeping' }))
    }, interval).unref()
    api.addHook('onClose', async () => {
      isClosed = true
      clearInterval(timer)
    })
  },
  { name: 'sweeper', dependencies: ['database', 'errorHandler'] },
)
