import { openConnections } from './connection.ts'
import { type LoadMeasured, Tally, type Target } from './tally.ts'

/** So many clients for so many seconds, each sending its next request when the one before is answered. */
export async function closedLoop(target: Target, clients: number, seconds: number): Promise<LoadMeasured> {
  const tally = new Tally(target)
  const connections = await openConnections(target.port, clients)
  const until = performance.now() + seconds * 1000
  try {
    return await tally.measure(async () => {
      await Promise.all(
        connections.map(async (connection) => {
          for (let begun = performance.now(); begun < until; begun = performance.now()) {
            tally.record(begun, await connection.ask(tally.next()))
          }
        }),
      )
    })
  } finally {
    for (const connection of connections) connection.close()
  }
}
