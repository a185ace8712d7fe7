import { randomUUID } from 'node:crypto'
import { SolvedSubmission } from '@jotc/core/api/jotc'
import { parseBoard } from '@jotc/core/board'
import { movesOf, solve } from '@jotc/core/solver'
import { serve } from './serve.ts'

/**
 * The plain way to solve and record a board: the token checked by Fastify's own plugin, the board solved as ours does,
 * one INSERT a request through a pool. Same answer as ours.
 *
 * Its own argument is the table. `POST /login {email}` gives a token for an account.
 */
await serve(async (api, pool, table) => {
  api.post<{ Body: { email: string } }>('/login', async ({ body }) => {
    const { rows } = await pool.query('select id from users where email = $1', [body.email])
    return { token: api.jwt.sign({ sub: rows[0].id }) }
  })

  const schema = {
    body: { type: 'object', required: ['clouds'], properties: { clouds: { type: ['array', 'string'] } } },
    response: { 201: SolvedSubmission },
  }
  api.post<{ Body: { clouds: unknown } }>('/jotc', { schema }, async (request, reply) => {
    const { sub } = await request.jwtVerify<{ sub: string }>()
    const clouds = parseBoard(request.body.clouds, 10_000)
    const { solvable, total, blockedAt, route } = solve(clouds)
    const id = randomUUID()
    const { rows } = await pool.query(
      `insert into ${table} (user_id, id, clouds, size, total) values ($1, $2, $3, $4, $5)
       returning created_at as "createdAt"`,
      [sub, id, clouds, clouds.length, total],
    )
    const createdAt = rows[0].createdAt.toISOString()
    const answer = { id, clouds, size: clouds.length, solvable, total, blockedAt, playedJumps: null, createdAt }
    return reply.code(201).send({ ...answer, moves: solvable ? movesOf(route) : [] })
  })
})
