import fastifyJwt from '@fastify/jwt'
import { createClient } from '@redis/client'
import fastify from 'fastify'
import pg from 'pg'
import { serve } from './serve.ts'

/**
 * The plain way to sign in with a cached verdict: one Redis GET, one SELECT, one signed token a request. As a competent
 * person writes it: schemas for what comes and goes, a pool, the official Redis client (which pipelines by itself),
 * Fastify's own plugin for tokens and its own log. Same table and same answer as ours.
 *
 * Arguments: port, processes, database URL, Redis URL. A verdict is kept under `verdict:EMAIL`.
 */
const [port, workers, databaseUrl = '', redisUrl = ''] = process.argv.slice(2)

type Details = { email: string; firstName: string; lastName: string; birthDate: string }
const text = { type: 'string', minLength: 1, maxLength: 254 }
const SignIn = {
  body: {
    type: 'object',
    required: ['email', 'firstName', 'lastName', 'birthDate'],
    properties: { email: text, firstName: text, lastName: text, birthDate: { ...text, format: 'date' } },
  },
  response: {
    200: {
      type: 'object',
      properties: {
        token: text,
        expiresAt: text,
        user: {
          type: 'object',
          properties: {
            id: text,
            email: text,
            firstName: text,
            lastName: text,
            birthDate: text,
            role: text,
            createdAt: text,
          },
        },
      },
    },
  },
}

async function build() {
  const api = fastify({ logger: true })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  const redis = await createClient({ url: redisUrl }).connect()
  await api.register(fastifyJwt, { secret: 'a secret that only the benchmarks use', sign: { expiresIn: '1h' } })

  api.post<{ Body: Details }>('/login', { schema: SignIn }, async ({ body }, reply) => {
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
  return api
}

await serve(build, Number(port), Number(workers))
