import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ExportQuery, Submission } from '@jotc/core/api/jotc'
import { Type } from 'typebox'
import { BEARER, SIGNED_IN_PROBLEMS } from '../../auth/signed-in.ts'
import type { Database } from '../../database/database.ts'
import { HttpError } from '../../http/errors.ts'
import { type Filter, readFilter } from '../filter.ts'
import { accountScope } from '../list/account-scope.ts'
import { type Count, countMatches } from '../list/count.ts'
import { exportParts } from './export.ts'
import { EXPORT_FORMATS } from './formats.ts'

/** Each keeps one connection of the pool busy while its reader is fast; the other half is for everybody else. */
const MOST_AT_ONCE = 5

/** Text that is sent as it comes. */
const file = {
  schema: Type.Unsafe<Readable>(Type.String()),
  example:
    'id,createdAt,email,clouds,size,solvable,total,blockedAt\r\n' +
    '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77,2026-03-31T10:00:00.000Z,"mira@example.org",[0010010],7,true,4,\r\n',
}
const lines = { schema: Type.Unsafe<Readable>(Submission) }
const Export = {
  operationId: 'exportSubmissions',
  tags: ['Submissions'],
  summary: 'Export submissions as CSV or NDJSON',
  description:
    'Newest first. CSV by RFC 4180, in UTF-8 with a byte order mark; boards in square brackets, so that a ' +
    'spreadsheet takes them for text. If the transfer is cut off, the file is incomplete.',
  security: BEARER,
  querystring: ExportQuery,
  response: {
    200: {
      description: 'The file; as NDJSON, a `Submission` a line',
      headers: {
        'Content-Disposition': { type: 'string', description: 'With the name of the file.' },
        'X-Total-Count': { type: 'integer', description: 'How many submissions there are as it begins.' },
        'X-Total-Is-Exact': { type: 'boolean', description: 'As `totalIsExact` of a list.' },
      },
      content: { 'text/csv': file, 'application/x-ndjson': lines },
    },
  },
  problems: [...SIGNED_IN_PROBLEMS, 'invalid-input', 'too-many-exports'] as const,
}

export const exportRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const options = { schema: Export, onRequest: api.signedIn, exposeHeadRoute: false, config: { streaming: true } }
  let running = 0

  api.get('/jotc/export', options, async (request, reply) => {
    const filter = readFilter(request.query, request.account)
    if (running >= MOST_AT_ONCE) {
      throw new HttpError('too-many-exports', 'Too many exports are running. Try again in a moment.')
    }
    running++
    const leave = () => void running--
    const count = await countAll(api.readDatabase, filter).catch((error) => {
      leave()
      throw error
    })

    const format = EXPORT_FORMATS[request.query.format ?? 'csv']
    const name = `submissions-${new Date().toISOString().slice(0, 10)}.${format.ending}`
    reply.type(format.type).headers({
      'content-disposition': `attachment; filename="${name}"`,
      'x-total-count': count.total,
      'x-total-is-exact': String(count.totalIsExact),
    })
    const parts = exportParts(api.readDatabase, filter, format)
    return reply.send(Readable.from(parts, { objectMode: false }).once('close', leave))
  })
}

async function countAll(database: Database, filter: Filter): Promise<Count> {
  return await countMatches(database, await accountScope(database, filter), filter)
}
