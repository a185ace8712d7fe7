import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export type Reading = { status: number; retryAfter: string | undefined; begun: number; ms: number }

const TICK = 10

/** Reads so many times a second, whether or not earlier requests are answered: as many independent people do. */
export async function readAtRate(
  url: string,
  token: string,
  { perSecond, ms }: { perSecond: number; ms: number },
): Promise<Reading[]> {
  const agent = new Agent({ keepAlive: true })
  const readings: Promise<Reading>[] = []
  const begun = performance.now()
  for (;;) {
    const passed = performance.now() - begun
    if (passed >= ms) break
    while (readings.length < (passed / 1000) * perSecond) readings.push(ask(url, token, agent))
    await wait(TICK)
  }
  const all = await Promise.all(readings)
  agent.destroy()
  return all
}

/** Reads by so many people at once, each of whom asks again when answered. */
export async function readInClosedLoop(url: string, token: string, { people, ms }: { people: number; ms: number }) {
  const agent = new Agent({ keepAlive: true })
  const readings: Reading[] = []
  const until = performance.now() + ms
  const person = async () => {
    while (performance.now() < until) readings.push(await ask(url, token, agent))
  }
  await Promise.all(Array.from({ length: people }, person))
  agent.destroy()
  return readings
}

function ask(url: string, token: string, agent: Agent): Promise<Reading> {
  const begun = performance.now()
  const { promise, resolve, reject } = Promise.withResolvers<Reading>()
  const asking = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
    response.resume().once('end', () => {
      const { statusCode: status = 0, headers } = response
      resolve({ status, retryAfter: headers['retry-after'], begun, ms: performance.now() - begun })
    })
  })
  asking.once('error', reject)
  return promise
}

/** The 99th of a hundred, in milliseconds. */
export function p99(readings: readonly Reading[]): number {
  const sorted = readings.map(({ ms }) => ms).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
}
