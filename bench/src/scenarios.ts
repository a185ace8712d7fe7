import type { Scenario } from './scenario.ts'
import { app } from './scenarios/app.ts'
import { batch } from './scenarios/batch.ts'
import { exporting } from './scenarios/export.ts'
import { list } from './scenarios/list.ts'
import { login } from './scenarios/login.ts'
import { post } from './scenarios/post.ts'
import { solving } from './scenarios/solve.ts'
import { start } from './scenarios/start.ts'

/** By the name on the command line. */
export const scenarios: Record<string, Scenario> = {
  login,
  post,
  list,
  export: exporting,
  batch,
  solve: solving,
  start,
  app,
}
