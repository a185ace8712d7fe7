import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another process holds the lock. */
export class Locked extends Error {
  override readonly name = 'Locked'
}

const SQLITE_BUSY = 5

/** Keeps locks until they are released: otherwise the garbage collector would close their files. */
const held = new Set<DatabaseSync>()

/**
 * Takes a lock that only one process at a time can hold, on a file that is created if missing.
 *
 * Promise: the operating system releases the lock however its holder ends, so it is never stale. (Node has no file
 * locks, but its SQLite does. Nothing is written to the file.)
 *
 * @throws {Locked} at once if another process holds it; another error if the file cannot be created or opened
 */
export function lockFile(path: string): { release(): void } {
  const file = open(path)
  try {
    // In memory, so that there is no journal beside the lock.
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw new Locked(`${path} is locked`, { cause: error })
    throw inaccessible(path, error)
  }
  held.add(file)
  leaveToOwner(path)
  return {
    release() {
      if (held.delete(file)) file.close()
    },
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path)
  } catch (error) {
    throw inaccessible(path, error)
  }
}

function inaccessible(path: string, cause: unknown): Error {
  return new Error(`Cannot write to ${path}. The folder may belong to another user`, { cause })
}

/** A lock that root creates in somebody's folder must be usable by that person later. */
function leaveToOwner(path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  chownSync(path, uid, gid)
}
