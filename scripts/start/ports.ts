import { once } from 'node:events'
import { createServer } from 'node:net'
import { SettingError } from './settings.ts'

type Wanted = {
  /** The setting's name. */
  name: string
  /** The setting's value; undefined: `first`, or the next free port. */
  set: number | undefined
  first: number
  host: string
  /** A port that another part uses. */
  except?: number
}

/**
 * Chooses the port of a part: the one that was set, or the first free one.
 * @throws {SettingError} if the one that was set is taken or not allowed, or the host is not this machine
 */
export async function choosePort({ name, set, first, host, except }: Wanted): Promise<number> {
  if (set !== undefined) {
    if (set !== except && (await isFree(set, host))) return set
    throw new SettingError(`${name} ${set} is already in use.`)
  }
  let port = first
  while (port === except || !(await isFree(port, host))) port++
  return port
}

/** Free on `host`, and on ::1, which browsers ask first for `localhost`. */
async function isFree(port: number, host: string): Promise<boolean> {
  const code = await canListen(port, host)
  if (code !== undefined && NO_ADDRESS.has(code)) {
    throw new SettingError(`HOST is “${host}”, which is no address of this machine. Unset it to use 127.0.0.1.`)
  }
  if (code === 'EACCES') throw new SettingError(`Port ${port} needs more rights. Set API_PORT and APP_PORT to others.`)
  return code !== 'EADDRINUSE' && (await canListen(port, '::1')) !== 'EADDRINUSE'
}

/** Errors for an unknown host, or another machine's. Some shells set HOST to such a name. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EINVAL'])

/** @returns the code of the error, if any */
async function canListen(port: number, host: string): Promise<string | undefined> {
  const probe = createServer().listen(port, host)
  try {
    await once(probe, 'listening')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  } finally {
    probe.close()
  }
}
