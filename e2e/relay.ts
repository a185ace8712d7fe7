import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Passes calls on to a service, until their connections are cut. */
export async function relayTo(service: string): Promise<{ url: string; cut: () => void }> {
  const server = createServer((asked, answer) => {
    const { method, headers } = asked
    const passed = request(new URL(asked.url ?? '/', service), { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.on('error', () => answer.destroy()).pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, cut: () => server.closeAllConnections() }
}
