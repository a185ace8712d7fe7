import fp from 'fastify-plugin'
import sql from 'sql-template-tag'
import { createRecorder, type Recorder } from './recorder.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes submissions; one a worker. */
    recorder: Recorder
  }
}

/** From a board alone to as many as a statement takes. */
const ROWS = [1, 5, 20, 100, 500]

/** The worker's recorder, as `api.recorder`. Closing the service writes what waits. */
export const recorder = fp(
  async (api) => {
    const rows = api.metrics.histogram('jotc_recorder_rows', 'Boards that were written in one statement.', ROWS, [])
    const recorder = createRecorder(api.database, {}, (count) => rows.observe(count))
    api.metrics.gauge('jotc_recorder_waiting', 'Boards that wait for a statement.', () => recorder.waiting)
    api.decorate('recorder', recorder)
    // What statistics are read from (db/migrations/008); until a day is summed up it is read row by row.
    api.sweeper.add(sql`select roll_up_submissions()`)
    api.addHook('onClose', async () => await recorder.close())
  },
  { name: 'recorder', dependencies: ['metrics', 'database', 'sweeper'] },
)
