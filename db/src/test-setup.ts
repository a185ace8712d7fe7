import { startTestServer } from './testing.ts'

/** For `node --test --test-global-setup=db/src/test-setup.ts`: one PostgreSQL a run, gone after it. */
let server: Awaited<ReturnType<typeof startTestServer>> | undefined

export async function globalSetup(): Promise<void> {
  server = await startTestServer()
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
