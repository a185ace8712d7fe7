import { setTimeout as wait } from 'node:timers/promises'
import { openConnections } from './connection.ts'
import { type LoadMeasured, Tally, type Target } from './tally.ts'

type Rate = { clients: number; seconds: number /** Requests a second. */; rate: number }

/**
 * Requests at a fixed rate, whether or not those before are answered: each client takes the next moment of the
 * schedule, waits for it, and asks. A latency counts from the scheduled moment, also where no client was free then; so
 * a stall of the service is seen by all who would have come during it (coordinated omission).
 *
 * Timers go by whole milliseconds: up to one of them is ours in every latency, on either side alike.
 */
export async function fixedRate(target: Target, { clients, seconds, rate }: Rate): Promise<LoadMeasured> {
  const tally = new Tally(target)
  const connections = await openConnections(target.port, clients)
  const total = Math.round(rate * seconds)
  try {
    return await tally.measure(async () => {
      const begun = performance.now()
      let taken = 0
      await Promise.all(
        connections.map(async (connection) => {
          while (taken < total) {
            const due = begun + (taken++ * 1000) / rate
            const early = due - performance.now()
            if (early > 0) await wait(Math.ceil(early))
            tally.record(due, await connection.ask(tally.next()))
          }
        }),
      )
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}
