import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tooMany } from '../http/errors.ts'
import { clientNetwork } from '../http/network.ts'
import { leasedLimit } from '../redis/rate-limit.ts'

/** A school or an office is one client, with many people. */
const CLIENT_TIMES = 10

export type SignInLimits = {
  /** One more request of this client, of whatever kind. @throws {HttpError} */
  client(request: FastifyRequest): Promise<void>
  /** One more sign-in with this address. @throws {HttpError} */
  address(email: string): Promise<void>
  /** One more code for this sign-in. @throws {HttpError} */
  challenge(id: string): Promise<void>
}

/**
 * How often one may try to sign in within a minute: an address `perMinute` times, a client ten times as often. The
 * minute begins with the first try and then ends for all, so a flood of tries keeps nobody out for longer.
 */
export function signInLimits(api: FastifyInstance, perMinute: number): SignInLimits {
  const limit = (name: string, times: number) => leasedLimit(api.limiter(name, times), times, tooManySignIns)
  const client = limit('login-client', perMinute * CLIENT_TIMES)
  const address = limit('login-address', perMinute)
  const challenge = limit('login-challenge', perMinute)
  return { client: (request) => client(clientNetwork(request)), address, challenge }
}

const tooManySignIns = (seconds: number) => tooMany('too-many-sign-ins', 'Too many sign-in attempts.', seconds)
