import fp from 'fastify-plugin'
import sql from 'sql-template-tag'
import { createRecorder, type Recorder } from './recorder.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes submissions; one a worker. */
    recorder: Recorder
  }
}

/** The worker's recorder, as `api.recorder`. Closing the service writes what waits. */
export const recording = fp(
  async (api) => {
    const recorder = createRecorder(api.database)
    api.decorate('recorder', recorder)
    // What statistics are read from (db/migrations/008); until a day is summed up it is read row by row.
    api.sweeper.add(sql`select roll_up_submissions()`)
    api.addHook('onClose', async () => await recorder.close())
  },
  { name: 'recording', dependencies: ['database', 'sweeper'] },
)
