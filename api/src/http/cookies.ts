import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The value of a cookie that `setCookie` has set, if the request carries it. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  const { cookie } = request.headers
  return cookie === undefined ? undefined : parseCookie(cookie)[fullName(request, name)]
}

/** Sets a cookie that no script reads and no other site sends. @param maxAgeS 0 deletes it */
export function setCookie(request: FastifyRequest, reply: FastifyReply, name: string, value: string, maxAgeS: number) {
  const cookie = stringifySetCookie({
    name: fullName(request, name),
    value,
    maxAge: maxAgeS,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  })
  reply.header('set-cookie', cookie)
}

/** Over HTTPS, a prefix that keeps other hosts and plain HTTP from setting the cookie (RFC 6265bis). */
function fullName({ protocol }: FastifyRequest, name: string): string {
  return protocol === 'https' ? `__Host-${name}` : name
}
