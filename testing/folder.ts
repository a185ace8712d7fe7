import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Folder = { path: string; [Symbol.dispose](): void }

/** A temporary folder that is gone after its use, also when the process ends early. Its name has a space in it. */
export function temporaryFolder(name: string): Folder {
  const path = mkdtempSync(join(tmpdir(), `jotc ${name} `))
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 10 })
  process.once('exit', remove)
  return {
    path,
    [Symbol.dispose]() {
      process.off('exit', remove)
      remove()
    },
  }
}
