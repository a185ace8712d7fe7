import { Session, SignInRequest } from '@jotc/core/api/account'
import { createClient } from '@redis/client'
import { serve } from './serve.ts'

/**
 * The plain way to sign in with a cached verdict: one Redis GET, one SELECT, one signed token a request. As a competent
 * person writes it: schemas for what comes and goes, the official Redis client (which pipelines by itself). Same table and
 * same answer as ours.
 *
 * Its own argument is the Redis URL. A verdict is kept under `verdict:EMAIL`.
 */
await serve(async (api, pool, redisUrl) => {
  const redis = await createClient({ url: redisUrl }).connect()
  const schema = { body: SignInRequest, response: { 200: Session } }

  api.post<{ Body: SignInRequest }>('/login', { schema }, async ({ body }, reply) => {
    const verdict = await redis.get(`verdict:${body.email}`)
    if (verdict !== 'deliverable') return reply.code(400).send({ message: 'This address cannot be used.' })
    const { rows } = await pool.query(
      `select id, email, first_name as "firstName", last_name as "lastName", birth_date::text as "birthDate", role,
         created_at as "createdAt"
       from users where email = $1`,
      [body.email],
    )
    const [user] = rows
    const isSame = user?.firstName === body.firstName && user?.lastName === body.lastName
    if (!isSame || user.birthDate !== body.birthDate) {
      return reply.code(401).send({ message: 'These details do not go together.' })
    }
    return {
      token: api.jwt.sign({ sub: user.id }),
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      user: { ...user, createdAt: user.createdAt.toISOString() },
    }
  })
})
