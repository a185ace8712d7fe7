import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another process holds the lock. */
export class Locked extends Error {
  override readonly name = 'Locked'
}

const SQLITE_BUSY = 5

/** Locks last until released: without this, the garbage collector would close the file of one that nobody keeps. */
const held = new Set<DatabaseSync>()

/**
 * Takes a lock that only one process at a time can hold, by a file that is made where it is missing.
 *
 * Promises: the operating system gives the lock back when its holder ends in whatever way, so a lock is never
 * stale and nobody has to guess whether a noted process id still means the same process. (SQLite, which comes with
 * Node, brings the file lock that Node itself lacks; nothing is written to the file.)
 *
 * @throws {Locked} at once when another process holds it; another error where the file cannot be made or opened
 */
export function lockFile(path: string): { release(): void } {
  const file = open(path)
  try {
    // In memory: no second file beside the lock.
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

/** What root makes in somebody's folder, that person must be able to open without root later. */
function leaveToOwner(path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  chownSync(path, uid, gid)
}
