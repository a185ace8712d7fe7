import { once } from 'node:events'
import { createServer } from 'node:net'
import { SettingError } from './settings.ts'

type Wanted = {
  /** The setting's name. */
  name: string
  /** As set; undefined: `first`, or the next free one. */
  set: number | undefined
  first: number
  host: string
  /** A port already given to another part. */
  except?: number
}

/**
 * The port for a part of the system: the one that was set, or the first free one.
 * @throws {SettingError} when the one that was set is taken or not allowed, or this machine is not the host
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

/** What the system says of a host that it does not know, or that is another machine. Some shells set HOST to such. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EINVAL'])

/** @returns the code of the error where listening fails */
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
