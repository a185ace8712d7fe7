import fastify, { type FastifyInstance } from 'fastify'
import { healthRoutes } from './health/routes.ts'
import { submissionRoutes } from './jotc/routes.ts'
import { loginRoutes } from './login/routes.ts'
import { meRoutes } from './me/routes.ts'
import { accounts } from './plugins/accounts.ts'
import { allowedMethods } from './plugins/allowed-methods.ts'
import { answerHeaders } from './plugins/answer-headers.ts'
import { brokenRequests } from './plugins/broken-requests.ts'
import { crossOrigin } from './plugins/cors.ts'
import { database } from './plugins/database.ts'
import { drain } from './plugins/drain.ts'
import { input } from './plugins/input.ts'
import { logging } from './plugins/log.ts'
import { openapi } from './plugins/openapi.ts'
import { problems } from './plugins/problems.ts'
import { signedIn } from './plugins/signed-in.ts'
import { tokens } from './plugins/tokens.ts'
import type { Config } from './settings.ts'
import { VERSION } from './version.ts'

const LARGEST_BODY = 64 * 1024
/** How long a client may take to send one request, in milliseconds. */
const REQUEST_WITHIN = 30_000

/** The service, not yet listening: what it is made of, in the order in which a request meets it. */
export async function app(config: Config): Promise<FastifyInstance> {
  const api = fastify({
    ...logging(config.LOG_LEVEL, config.LOG_FORMAT),
    ...brokenRequests(config.CORS_ORIGINS),
    bodyLimit: LARGEST_BODY,
    requestTimeout: REQUEST_WITHIN,
    trustProxy: config.TRUST_PROXY.length > 0 && config.TRUST_PROXY,
    // While closing, what still arrives is served, and its connection then closed (drain.ts).
    return503OnClosing: false,
  })
  // JSON is the one type of body: any other is a 415.
  api.removeContentTypeParser('text/plain')

  // Problems come first, so that whatever fails below is answered as one. Headers and CORS come before anything
  // that can refuse, so that every answer has them.
  await api.register(problems, { detailed: config.APP_ENV !== 'production' })
  await api.register(answerHeaders)
  await api.register(crossOrigin, { origins: config.CORS_ORIGINS })
  await api.register(drain)
  await api.register(input)

  // What resources share. Accounts read the database, `signedIn` needs accounts and tokens.
  await api.register(database, { url: config.DATABASE_URL })
  await api.register(accounts)
  await api.register(tokens, { secrets: config.JWT_SECRETS, lifetime: config.JWT_LIFETIME })
  await api.register(signedIn)

  // These two learn of every route that is registered after them.
  await api.register(allowedMethods)
  await api.register(openapi, { version: VERSION })

  await api.register(healthRoutes, { version: VERSION })
  await api.register(loginRoutes, {
    adminEmails: config.ADMIN_EMAILS,
    firstIsAdmin: config.APP_ENV !== 'production',
  })
  await api.register(meRoutes)
  await api.register(submissionRoutes)
  return api
}
