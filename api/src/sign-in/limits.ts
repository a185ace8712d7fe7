import type { FastifyInstance } from 'fastify'
import { networkOf } from '../http/client-network.ts'
import { limitInLots } from '../redis/limit-in-lots.ts'

/** A school or an office is one client, with many people. */
const CLIENT_TIMES = 10

export type SignInLimits = {
  /** One more request of this client, of whatever kind. @throws {TooManyRequests} */
  client(ip: string): Promise<void>
  /** One more sign-in with this address. @throws {TooManyRequests} */
  address(email: string): Promise<void>
  /** One more code for this sign-in. @throws {TooManyRequests} */
  challenge(id: string): Promise<void>
}

/**
 * How often one may try to sign in within a minute: an address `perMinute` times, a client ten times as often. The
 * minute begins with the first try and then ends for all, so a flood of tries keeps nobody out for longer.
 */
export function signInLimits(api: FastifyInstance, perMinute: number): SignInLimits {
  const limit = (name: string, times: number) => limitInLots(api.limiter(name, times), times, inWords)
  const client = limit('login-client', perMinute * CLIENT_TIMES)
  const address = limit('login-address', perMinute)
  const challenge = limit('login-challenge', perMinute)
  return { client: (ip) => client(networkOf(ip)), address, challenge }
}

const inWords = (seconds: number) => `Too many tries to sign in. Try again in ${seconds} s.`
