import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ExportQuery, Submission } from '@jotc/core/api/jotc'
import { Type } from 'typebox'
import { administratorsOnly, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../../auth/signed-in.ts'
import type { Database } from '../../database/database.ts'
import { accountSlots } from '../account-slots.ts'
import { type Filter, readFilter } from '../filter.ts'
import { accountScope } from '../list/account-scope.ts'
import { type Count, countMatches } from '../list/count.ts'
import { EXPORT_FORMATS, exportParts } from './export.ts'

const TIMEOUT_MS = 60 * 60_000
const SLOTS = { perAccount: 2, total: 100, type: 'too-many-exports', fact: 'You have two exports running.' } as const

/** Text that is sent as it comes. */
const file = {
  schema: Type.Unsafe<Readable>(Type.String()),
  example:
    'id,createdAt,email,clouds,size,solvable,total,blockedAt,playedJumps\r\n' +
    '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77,2026-03-31T10:00:00.000Z,"mira@example.org",[0010010],7,true,4,,\r\n',
}
const lines = { schema: Type.Unsafe<Readable>(Submission) }
const Export = {
  operationId: 'exportSubmissions',
  tags: ['Submissions'],
  summary: 'Export submissions as CSV or NDJSON',
  description:
    'Newest first. CSV by RFC 4180, in UTF-8 with a byte order mark, with commas or semicolons; boards in square ' +
    'brackets, so that a spreadsheet takes them for text. `POST /jotc/batch` reads all of these files again. If the transfer is cut off, the file is incomplete. An account can have two ' +
    'exports at once, of an hour at most.',
  security: SIGNED_IN,
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
    204: { description: 'With `check`: it could begin', type: 'null' },
  },
  problems: [...SIGNED_IN_PROBLEMS, 'invalid-input', 'too-many-exports'] as const,
}

export const exportRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const options = {
    schema: Export,
    onRequest: api.signedIn,
    exposeHeadRoute: false,
    config: { streaming: true, scope: 'read' },
  } as const
  const takeSlot = accountSlots(SLOTS)
  const partsOf = exportParts()

  api.get('/jotc/export', options, async function exportSubmissions(request, reply) {
    const filter = readFilter(request.query, request.account)
    const database = await request.readDatabase()
    const freeSlot = takeSlot(request.account.id)
    if (request.query.check) {
      freeSlot()
      return reply.code(204).send()
    }
    const count = await countAll(database, filter).catch((error) => {
      freeSlot()
      throw error
    })

    const { format: kind = 'csv', separator = 'comma' } = request.query
    const format = EXPORT_FORMATS[kind === 'csv' ? separator : kind]
    const name = `submissions-${new Date().toISOString().slice(0, 10)}.${format.ending}`
    reply.type(format.type).headers({
      'content-disposition': `attachment; filename="${name}"`,
      'x-total-count': count.total,
      'x-total-is-exact': String(count.totalIsExact),
    })
    const authorize = async () => {
      const { role } = await request.stillSignedIn()
      if (filter.userId === undefined && role !== 'admin') throw administratorsOnly()
    }
    const deadline = setTimeout(() => {
      request.log.info('export took longer than an hour, connection closed')
      reply.raw.destroy()
    }, TIMEOUT_MS)
    const file = Readable.from(partsOf({ database, filter, format, authorize }), { objectMode: false })
    file.once('close', () => {
      freeSlot()
      clearTimeout(deadline)
    })
    return reply.send(file)
  })
}

async function countAll(database: Database, filter: Filter): Promise<Count> {
  return await countMatches(database, await accountScope(database, filter), filter)
}
