import type { Scenario } from './figure.ts'
import { app } from './scenarios/app.ts'
import { batch } from './scenarios/batch.ts'
import { cost } from './scenarios/cost.ts'
import { exporting } from './scenarios/export.ts'
import { list } from './scenarios/list.ts'
import { login } from './scenarios/login.ts'
import { post } from './scenarios/post.ts'
import { solving } from './scenarios/solve.ts'
import { start } from './scenarios/start.ts'

/** By the name on the command line, each with what it compares. */
export const scenarios: Record<string, { compares: string; run: Scenario }> = {
  login: { compares: 'sign-in with a cached verdict / a plain service: one Redis GET, one SELECT', run: login },
  post: { compares: 'a submission / a plain service, and bare prepared INSERTs: one INSERT each', run: post },
  cost: { compares: 'what a submission costs, by two services on one database / by one of them', run: cost },
  list: { compares: 'each sort with each filter, cursors / the same with ten thousand rows', run: list },
  export: { compares: 'all submissions as a file, and memory / psql, and the idle service', run: exporting },
  batch: { compares: 'a file with a board a line / the same boards one by one', run: batch },
  solve: { compares: 'the solver, per cloud / reading the string once', run: solving },
  start: { compares: 'npm start to both URLs answering / PostgreSQL’s own start', run: start },
  app: { compares: 'first load of the app, a toggled cloud / its predecessor’s size, a frame', run: app },
}
