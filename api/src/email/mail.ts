import fp from 'fastify-plugin'
import { createTransport } from 'nodemailer'
import { HttpError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    mail: Mailer
  }
}

export type Message = { to: string; subject: string; text: string; html: string }

/**
 * Sends one email. Resolves when the mail server has accepted it.
 *
 * @throws {HttpError} `mail-unavailable`, when it has not within 3 s
 */
export type Mailer = (message: Message) => Promise<void>

/** Whatever the reason, it is not the visitor's fault. */
function mailUnavailable(cause: Error): HttpError {
  const detail = 'We could not send your code. The problem is not your address. Try again in a minute.'
  return new HttpError('mail-unavailable', detail, { retryAfterS: 10, cause })
}

/** With the 4 s that a sign-in waits for a verdict (sign-in/sign-in.ts), it is answered within 8 s. */
const SEND_TIMEOUT_MS = 3_000

/** Email by SMTP, as `api.mail`. Without a `url` there is no mail server, and every email is rejected. */
export const mail = fp<{ url: string | undefined; from: string | undefined }>(
  async (api, { url, from }) => {
    if (url === undefined || from === undefined) {
      api.decorate('mail', () => Promise.reject(mailUnavailable(new Error('MAIL_URL is not set'))))
      return
    }
    const transport = createTransport(
      { url, connectionTimeout: SEND_TIMEOUT_MS, greetingTimeout: SEND_TIMEOUT_MS, socketTimeout: SEND_TIMEOUT_MS },
      { from, disableFileAccess: true, disableUrlAccess: true, headers: { 'Auto-Submitted': 'auto-generated' } },
    )
    api.decorate('mail', async (message) => {
      try {
        await transport.sendMail({ ...message, signal: AbortSignal.timeout(SEND_TIMEOUT_MS) })
      } catch (error) {
        throw mailUnavailable(inWords(error))
      }
    })
    api.addHook('onClose', async () => transport.close())
  },
  { name: 'mail' },
)

/** What went wrong, without what the server says: it repeats the address. */
function inWords(error: unknown): Error {
  const { name, code, command, responseCode } = error as Record<string, string | number | undefined>
  return new Error(`mail: ${[code ?? name, command, responseCode].filter(Boolean).join(' ')}`)
}
