import { randomUUID } from 'node:crypto'
import { parseBoard } from '@jotc/core/board'
import { movesOf, solve } from '@jotc/core/solver'
import { serve } from './serve.ts'

const integer = { type: ['integer', 'null'] }
const text = { type: 'string' }
const move = { type: 'object', properties: { from: integer, to: integer } }
const Solve = {
  body: { type: 'object', required: ['clouds'], properties: { clouds: { type: ['array', 'string'] } } },
  response: {
    201: {
      type: 'object',
      properties: {
        id: text,
        clouds: text,
        size: integer,
        solvable: { type: 'boolean' },
        total: integer,
        moves: { type: 'array', items: move },
        blockedAt: integer,
        createdAt: text,
      },
    },
  },
}

/**
 * The plain way to solve and record a board: the token checked by Fastify's own plugin, the board solved as ours does,
 * one INSERT a request through a pool. Same answer as ours.
 *
 * Its own argument is the table. `POST /login {id}` gives a token for an account.
 */
await serve(async (api, pool, table) => {
  api.post<{ Body: { id: string } }>('/login', async ({ body }) => ({ token: api.jwt.sign({ sub: body.id }) }))

  api.post<{ Body: { clouds: unknown } }>('/jotc', { schema: Solve }, async (request, reply) => {
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
    const moves = solvable ? movesOf(route) : []
    return reply.code(201).send({ id, clouds, size: clouds.length, solvable, total, moves, blockedAt, createdAt })
  })
})
