import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readCookie, setCookie } from '../http/cookies.ts'
import { keyedHash } from './keyed-hash.ts'

const COOKIE = 'device'
/** The longest that browsers keep a cookie. */
const MAX_AGE_S = 400 * 24 * 60 * 60

/**
 * Remembers, by a signed cookie, the browsers in which somebody has signed in with an address. All that it grants is
 * limits on emails of its own, apart from strangers'. It reveals neither the address nor the account.
 *
 * @param secrets newest first: that one signs, and each of them verifies
 */
export function knownDevices(secrets: readonly string[]) {
  const { hash, matches } = keyedHash(secrets, 'jotc known device')
  return {
    /** The id of the device, if it is known for this address. */
    idFor(email: string, request: FastifyRequest): string | undefined {
      const cookie = readCookie(request, COOKIE) ?? ''
      const [, id, signature = ''] = /^([\w-]{16})\.([\w-]{43})$/.exec(cookie) ?? []
      return id !== undefined && matches(Buffer.from(signature, 'base64url'), `${id}:${email}`) ? id : undefined
    },

    remember(email: string, request: FastifyRequest, reply: FastifyReply): void {
      const id = randomBytes(12).toString('base64url')
      setCookie(request, reply, COOKIE, `${id}.${hash(`${id}:${email}`).toString('base64url')}`, MAX_AGE_S)
    },
  }
}
