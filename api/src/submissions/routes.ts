import { randomUUIDv7 } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  IdempotencyHeaders,
  ListQuery,
  SolvedSubmission,
  SolveRequest,
  SubmissionDetail,
  SubmissionFilter,
  SubmissionPage,
  SubmissionStats,
} from '@jotc/core/api/jotc'
import { type Board, BoardError, boardFaultText, LONGEST_RECORDED_BOARD, parseBoard } from '@jotc/core/board'
import { countOptimalRoutes, movesOf, solve } from '@jotc/core/solver'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CHANGE_PROBLEMS, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import { HttpError } from '../http/errors.ts'
import { IdParams, readsBody, type WithId } from '../http/input.ts'
import { audit } from '../observe/log.ts'
import { batchRoutes } from './batch/routes.ts'
import { exportRoutes } from './export/routes.ts'
import { feedRoutes } from './feed/routes.ts'
import { ownerSeenBy, readFilter } from './filter.ts'
import { listPage } from './list/list.ts'
import { countPlayedJumps } from './played.ts'
import { submissionOf, submissionRepository } from './repository.ts'
import { statsOf } from './stats/stats.ts'

const Solve = {
  operationId: 'solveBoard',
  tags: ['Submissions'],
  summary: 'Solve a board and record it',
  security: SIGNED_IN,
  headers: IdempotencyHeaders,
  body: SolveRequest,
  response: {
    201: {
      description: 'Recorded',
      headers: { Location: { type: 'string', description: 'Where the submission is, relative to this URL.' } },
      content: { 'application/json': { schema: SolvedSubmission } },
    },
  },
  problems: [...CHANGE_PROBLEMS, 'idempotency-key-reused', 'submission-removed'] as const,
}
const List = {
  operationId: 'listSubmissions',
  tags: ['Submissions'],
  summary: 'Submissions: your own, or everybody’s for an administrator',
  security: SIGNED_IN,
  querystring: ListQuery,
  response: { 200: SubmissionPage },
  problems: [...SIGNED_IN_PROBLEMS, 'invalid-input'] as const,
}
const Stats = {
  operationId: 'getSubmissionStats',
  tags: ['Submissions'],
  summary: 'Statistics of the matching submissions',
  security: SIGNED_IN,
  querystring: SubmissionFilter,
  response: { 200: SubmissionStats },
  problems: [...SIGNED_IN_PROBLEMS, 'invalid-input'] as const,
}
const Read = {
  operationId: 'getSubmission',
  tags: ['Submissions'],
  summary: 'One submission, with its number of optimal routes',
  security: SIGNED_IN,
  params: IdParams,
  response: { 200: SubmissionDetail },
  problems: [...SIGNED_IN_PROBLEMS, 'invalid-input', 'submission-not-found'] as const,
}
const Remove = {
  operationId: 'removeSubmission',
  tags: ['Submissions'],
  summary: 'Remove one submission: your own, or anybody’s for an administrator',
  description: 'It is gone for good, from lists, statistics and exports. API tokens cannot do this.',
  security: SIGNED_IN,
  params: IdParams,
  response: { 204: { description: 'Removed', type: 'null' } },
  problems: [...CHANGE_PROBLEMS, 'submission-not-found'] as const,
}

type PlayedBoard = { clouds: Board; playedJumps: number | null }
type WithKey = { Body: PlayedBoard; Headers: IdempotencyHeaders }

export const submissionRoutes: FastifyPluginAsyncTypebox = async (api) => {
  await api.register(batchRoutes)
  await api.register(exportRoutes)
  await api.register(feedRoutes)
  const repository = submissionRepository(api.database)
  const onRequest = api.signedIn

  const records = { onRequest, config: { scope: 'record' } } as const
  const reads = { onRequest, config: { scope: 'read' } } as const
  api.post<WithKey>('/jotc', { schema: Solve, validatorCompiler: readsBoard, ...records }, solveBoard)
  api.get('/jotc', { schema: List, ...reads }, listSubmissions)
  api.get('/jotc/stats', { schema: Stats, ...reads }, getStats)
  api.get('/jotc/:id', { schema: Read, ...reads }, getSubmission)
  api.delete('/jotc/:id', { schema: Remove, onRequest }, removeSubmission)

  async function solveBoard({ body, headers, account, url }: FastifyRequest<WithKey>, reply: FastifyReply) {
    const { clouds, playedJumps } = body
    const { solvable, total, blockedAt, route } = solve(clouds)
    const id = headers['idempotency-key']?.toLowerCase() ?? randomUUIDv7()
    const { createdAt } = await api.recorder.record({ userId: account.id, id, board: clouds, total, playedJumps })
    const moves = solvable ? movesOf(route) : []
    // Relative, so it holds behind a proxy's prefix too.
    reply.code(201).header('location', /^[^?]*\/(?:\?|$)/.test(url) ? id : `jotc/${id}`)
    return { id, clouds, size: clouds.length, solvable, total, moves, blockedAt, playedJumps, createdAt }
  }

  async function listSubmissions(request: FastifyRequest<{ Querystring: ListQuery }>) {
    const { query, account } = request
    return await listPage(await request.readDatabase(), readFilter(query, account), query)
  }

  async function getStats(request: FastifyRequest<{ Querystring: SubmissionFilter }>) {
    return await statsOf(await request.readDatabase(), readFilter(request.query, request.account))
  }

  async function getSubmission({ params, account }: FastifyRequest<WithId>) {
    const row = await repository.find(params.id, ownerSeenBy(account))
    if (!row) throw notFound()
    const { solvable, route } = solve(row.clouds)
    const optimalRoutes = countOptimalRoutes(row.clouds).toString()
    return { ...submissionOf(row), moves: solvable ? movesOf(route) : [], optimalRoutes }
  }

  async function removeSubmission({ params, account, log }: FastifyRequest<WithId>, reply: FastifyReply) {
    const owner = await repository.remove(params.id, ownerSeenBy(account))
    if (owner === undefined) throw notFound()
    audit(log, 'submission removed', { by: account.id, whom: owner, submission: params.id })
    return reply.code(204).send()
  }
}

const notFound = () => new HttpError('submission-not-found', 'We found no submission with this id.')

const readsBoard = readsBody<PlayedBoard>(['clouds', 'played'], ({ clouds, played }) => {
  try {
    const board = parseBoard(clouds, LONGEST_RECORDED_BOARD)
    const jumps = countPlayedJumps(board, played)
    return 'error' in jumps ? { errors: [jumps.error] } : { value: { clouds: board, playedJumps: jumps.value } }
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    return { errors: [{ field: 'clouds', message: boardFaultText(error.fault), code: error.fault.code }] }
  }
})
