import { execFile } from 'node:child_process'
import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A running server of a cluster: the process that owns all its others, and its port. */
type Postmaster = { pid: number; port: number }

/** Signals by which PostgreSQL ends, mildest first, with the milliseconds each is given. */
const SHUTDOWN = [
  { signal: 'SIGINT', patience: 5000 },
  { signal: 'SIGQUIT', patience: 1000 },
  { signal: 'SIGKILL', patience: 1000 },
] as const

/**
 * The live server of this cluster, if there is one. The process id in `postmaster.pid` may by now belong to any
 * other process: only one that works in this very folder is taken for the server.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const noted = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port] = noted.split('\n').map(Number)
  if (!pid || pid <= 1 || !(await worksIn(pid, cluster))) return undefined
  return { pid, port: port ?? 0 }
}

/**
 * Clears away what an earlier run left: a server whose starter was killed is shut down, the note of one that is
 * gone is removed, since PostgreSQL would refuse to start beside an unrelated process of that id.
 */
export async function clearLeftover(cluster: string): Promise<void> {
  const leftover = await findPostmaster(cluster)
  if (leftover) await shutDown(leftover.pid, cluster)
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** Ends the server of a cluster: fast, then at once, then by force. Resolves always, as a rule when it is gone. */
export async function shutDown(pid: number, cluster: string): Promise<void> {
  for (const { signal, patience } of SHUTDOWN) {
    if (!(await worksIn(pid, cluster))) return
    send(pid, signal)
    const deadline = performance.now() + patience
    while (performance.now() < deadline) {
      if (!(await worksIn(pid, cluster))) return
      await delay(10)
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // Gone in the meantime: all that was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A process that has ended, but was not waited for yet, works nowhere. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === cluster
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.includes(`postgres -D ${cluster} `)
}
