import { fileURLToPath } from 'node:url'
import { supervise } from './supervisor/supervise.ts'

await supervise(fileURLToPath(new URL('worker.ts', import.meta.url)))
