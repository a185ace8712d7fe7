import { setTimeout as wait } from 'node:timers/promises'
import { type Service, startService } from '../service.ts'
import { type FragilePostgres, startFragilePostgres } from './postgres.ts'
import { startProxy, type TcpProxy } from './proxy.ts'

export type System = {
  postgres: FragilePostgres
  sql: FragilePostgres['sql']
  /** Between the service and PostgreSQL. */
  network: TcpProxy
  service: Service
}

/** The service, with a PostgreSQL of its own behind a network of its own. */
export async function startSystem(
  test: { after(end: () => Promise<void> | void): void },
  settings: Record<string, string> = {},
): Promise<System> {
  const postgres = await startFragilePostgres()
  test.after(() => postgres.remove())
  const network = await startProxy(postgres.port)
  test.after(() => network.close())
  const url = new URL(postgres.url)
  url.port = String(network.port)
  const service = await startService(test, { DATABASE_URL: url.href, ...settings })
  return { postgres, network, service, sql: postgres.sql }
}

/** How long a fault lasts where the test is not about long ones. */
export const oneSecond = () => wait(1_000)
