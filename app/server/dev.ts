/** The app for `npm run dev`: its sources, each change at once, with the configuration that `serve.ts` would give. */
import { join } from 'node:path'
import { createServer } from 'vite'
import { readConfig } from './config.ts'

const { host, port } = readConfig()
const server = await createServer({
  root: join(import.meta.dirname, '..'),
  clearScreen: false,
  server: { host, port, strictPort: true },
})
await server.listen()

for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.once(event, () => void server.close().then(() => process.exit(0)))
}
