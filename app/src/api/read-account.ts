import { api } from './client.ts'
import { ApiProblem, Unreachable } from './errors.ts'
import { session } from './session.ts'

/** Reads the account of the person who is signed in, and takes over what is new in it. */
export async function readAccount(): Promise<void> {
  try {
    session.renew(await api.get('/me'))
  } catch (error) {
    // Nobody asked for it: the next call that a person makes will say what is wrong.
    if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error
  }
}
