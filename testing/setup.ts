import { startTestServer } from './servers/database.ts'

/** For `node --test --test-global-setup=testing/setup.ts`: one PostgreSQL a run, gone after it. */
let server: Awaited<ReturnType<typeof startTestServer>> | undefined

/** @public */
export async function globalSetup(): Promise<void> {
  server = await startTestServer()
}

/** @public */
export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
