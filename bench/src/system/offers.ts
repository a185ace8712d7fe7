import { Skipped } from '../scenario.ts'

/** @throws {Skipped} when the service says of itself that it has no such route */
export async function demandRoute(port: number, path: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/openapi.json`)
  const { paths } = (await response.json()) as { paths: Record<string, unknown> }
  if (!(path in paths)) throw new Skipped(`the service has no ${path} yet`)
}
