import { execFile } from 'node:child_process'
import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

/** The main process of a cluster's server, and its port. */
type Postmaster = { pid: number; port: number }

/** The signals that end PostgreSQL, mildest first. */
const SHUTDOWN = [
  { signal: 'SIGINT', timeoutMs: 5000 },
  { signal: 'SIGQUIT', timeoutMs: 1000 },
  { signal: 'SIGKILL', timeoutMs: 1000 },
] as const

/**
 * The running server of this cluster, if any. The process id in `postmaster.pid` may belong to another process by now,
 * so only a process that works in this very folder counts.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const noted = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port] = noted.split('\n').map(Number)
  if (!pid || pid <= 1 || !(await worksIn(pid, cluster))) return undefined
  return { pid, port: port ?? 0 }
}

/**
 * Cleans up after an earlier run: shuts down a server whose starter was killed, and removes a stale pid file, because
 * PostgreSQL would not start while any process has that id.
 */
export async function clearLeftover(cluster: string): Promise<void> {
  const leftover = await findPostmaster(cluster)
  if (leftover) await shutDown(leftover.pid, cluster)
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** Ends the server of a cluster with increasing force. Resolves when it is gone or the last timeout is over. */
export async function shutDown(pid: number, cluster: string): Promise<void> {
  for (const { signal, timeoutMs } of SHUTDOWN) {
    if (!(await worksIn(pid, cluster))) return
    send(pid, signal)
    const deadline = performance.now() + timeoutMs
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
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether the process works in the cluster's folder. A zombie works nowhere. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === cluster
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.includes(`postgres -D ${cluster} `)
}
