import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The system user that the server runs as. */
export type Account = {
  /** Must own the server's files; undefined: the current user. */
  owner: { uid: number; gid: number } | undefined
  /** What to pass to `spawn` to run a program as that user. */
  command(file: string, args: string[]): { file: string; args: string[]; options: { uid?: number; gid?: number } }
}

const CURRENT_USER: Account = { owner: undefined, command: (file, args) => ({ file, args, options: {} }) }

/**
 * PostgreSQL refuses to run as root, so root runs it as an unprivileged user: the owner of existing data, else
 * `postgres`, else `nobody`.
 *
 * @param folders of data and programs, which that user must be able to enter
 * @throws in one sentence, if that is impossible on this machine
 */
export async function serverAccount(cluster: string, folders: string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return CURRENT_USER
  const owner = (await ownerOf(cluster)) ?? (await idOf('postgres')) ?? (await idOf('nobody'))
  if (!owner) throw new Error('PostgreSQL cannot run as root, and there is no user “postgres” or “nobody” to run it as')

  const plain: Account = { owner, command: (file, args) => ({ file, args, options: owner }) }
  if (await canEnter(plain, folders)) return plain
  const pass = await passThroughFolders(owner)
  if (pass && (await canEnter(pass, folders))) return pass
  throw new Error(
    `PostgreSQL cannot run as root, and user ${owner.uid} has no access to ${folders.join(' or ')}. ` +
      'Run as an ordinary user, or move the folder',
  )
}

/**
 * The same user with one capability: to enter folders closed to it, such as /root. Because the server could then read
 * root's files, it is the last resort. `no_setuid_fixup` makes access(2), with which PostgreSQL looks for its programs,
 * honour the capability. Containers often lack the weaker capability and have the stronger one.
 */
async function passThroughFolders({ uid, gid }: { uid: number; gid: number }): Promise<Account | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const held = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`)
  const capability = held & (1n << 2n) ? 'dac_read_search' : held & (1n << 1n) ? 'dac_override' : undefined
  if (!capability) return undefined
  const only = `-all,+${capability}`
  const rights = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup']
  const caps = [`--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`]
  return {
    owner: { uid, gid },
    command: (file, args) => ({ file: 'setpriv', args: [...rights, ...caps, '--', file, ...args], options: {} }),
  }
}

/** Tries it, rather than interpreting modes: access lists and mounts count too. */
async function canEnter(account: Account, folders: string[]): Promise<boolean> {
  const { file, args, options } = account.command('/bin/sh', [
    '-c',
    'for folder; do test -x "$folder/." || exit 1; done',
    'sh',
    ...folders,
  ])
  return run(file, args, { ...options, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

async function idOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const number = async (flag: string) => Number((await run('id', [flag, name])).stdout)
  return Promise.all([number('-u'), number('-g')]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => undefined,
  )
}
