import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a program. @returns what it printed, or undefined where the machine does not have it @throws when it fails */
export async function outputOf(file: string, args: string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(file, args)).stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
