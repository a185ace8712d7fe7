import { startSystem } from '@jotc/testing/service/npm-start'
import { chromium } from './chromium.ts'
import { ADMIN, appUrl, signIn } from './service.ts'

/**
 * Starts the one system of the run, in which the first account, the administrator's, exists. Workers find it
 * by their environment. @returns what ends it, called after failures too
 *
 * A system that runs already is used where `E2E_APP_URL` and `E2E_API_URL` say so (deploy/stack).
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (chromium === undefined) return undefined
  if (appUrl() !== '') {
    await signIn(ADMIN)
    return undefined
  }
  const system = await startSystem('test')
  Object.assign(process.env, { E2E_APP_URL: system.app, E2E_API_URL: `${system.app}/api` })
  try {
    await signIn(ADMIN)
  } catch (error) {
    await system.stop()
    throw error
  }
  return system.stop
}
