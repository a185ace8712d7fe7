import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

const MAX_AGE_S = 400 * 24 * 60 * 60

/**
 * Browsers in which somebody has signed in with an address. A signed cookie says so; it gives no right but not to
 * share the limits on emails with strangers. It shows neither the address nor the account.
 *
 * @param secrets the newest first: it signs, and each of them checks
 */
export function knownDevices(secrets: readonly string[]) {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'jotc known device', 32)))
  const signatures = (id: string, email: string) =>
    keys.map((key) => createHmac('sha256', key).update(`${id}:${email}`).digest('base64url'))

  return {
    /** The id of the device, where it is known for this address. */
    idFor(email: string, request: FastifyRequest): string | undefined {
      const cookie = parseCookie(request.headers.cookie ?? '')[cookieName(request)]
      const [id, signature] = /^([\w-]{16})\.([\w-]{43})$/.exec(cookie ?? '')?.slice(1) ?? []
      if (id === undefined || signature === undefined) return undefined
      const given = Buffer.from(signature)
      return signatures(id, email).some((one) => timingSafeEqual(Buffer.from(one), given)) ? id : undefined
    },

    /** Has the browser remember that somebody signed in with this address. */
    remember(email: string, request: FastifyRequest, reply: FastifyReply): void {
      const id = randomBytes(12).toString('base64url')
      const cookie = stringifySetCookie({
        name: cookieName(request),
        value: `${id}.${signatures(id, email)[0]}`,
        maxAge: MAX_AGE_S,
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: request.protocol === 'https',
      })
      reply.header('set-cookie', cookie)
    },
  }
}

/** By HTTPS a name that no other host and no page by HTTP can set (RFC 6265bis). */
function cookieName({ protocol }: FastifyRequest): string {
  return protocol === 'https' ? '__Host-device' : 'device'
}
