import { fileURLToPath } from 'node:url'
import { type Running, startProgram } from './process.ts'

/** Starts a plain service of `bench/baselines`; it is given its port, how many processes to be, and these arguments. */
export async function startBaseline(name: 'login' | 'post', workers: number, ...args: string[]): Promise<Running> {
  return await startProgram({
    file: fileURLToPath(new URL(`../../baselines/${name}.ts`, import.meta.url)),
    path: '/health',
    args: (port) => [String(port), String(workers), ...args],
  })
}
