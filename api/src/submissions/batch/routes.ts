import { randomUUIDv7 } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BatchAnswer } from '@jotc/core/api/jotc'
import type { FileFormat } from '@jotc/core/board-file/entry'
import { LARGEST_FILE } from '@jotc/core/board-file/faults'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CHANGE_PROBLEMS, SIGNED_IN } from '../../auth/signed-in.ts'
import { HttpError } from '../../http/errors.ts'
import { readsStream } from '../../http/input.ts'
import { accountSlots } from '../account-slots.ts'
import { batchAnswers, openFile } from './batch.ts'

const TIMEOUT_MS = 15 * 60_000
const SLOTS = { perAccount: 2, total: 100, type: 'too-many-imports', fact: 'You have two imports running.' } as const

const TYPES = ['text/plain', 'text/csv', 'application/json', 'application/x-ndjson']

const Batch = {
  operationId: 'solveBatch',
  tags: ['Submissions'],
  summary: 'Solve and record a file of boards',
  description:
    'Answers one line for each board, in order, as soon as it is recorded. An entry that is no board gets an error and ' +
    'stops nothing; blank lines are skipped, but counted. The format is detected from the beginning of the file: text ' +
    'with a board a line, HackerRank’s two lines, CSV (a cell for each cloud, or a column `clouds`; commas, semicolons ' +
    'or tabs, with or without quotation marks), a JSON array in any layout (of arrays, strings, or objects with ' +
    '`clouds`), or JSON lines; `application/x-ndjson` is always JSON lines. In UTF-8, or UTF-16 with a byte order mark. ' +
    '`X-Batch-Format` names the detected format. Any other file is rejected with nothing recorded; a file that breaks ' +
    'later ends with an error that says where. Exports of this service can be read too. At most 50 MB, 65,536 ' +
    'characters a line, 15 minutes, and two batches of an account at once. If the answer breaks off, everything answered ' +
    'so far is recorded: send the batch again with the same `Idempotency-Key`, and nothing is recorded twice. Read the ' +
    'answers while you send; if you cannot (no browser can), send slices below 1 MB.',
  security: SIGNED_IN,
  headers: Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({
        format: 'uuid',
        description:
          'The board on line n (of a JSON text: item n) is recorded under this UUID plus n, however often it is sent.',
      }),
    ),
  }),
  body: {
    content: {
      'text/plain': { schema: Type.String({ examples: ['0010010\n0000000\n'] }) },
      'text/csv': { schema: Type.String({ examples: ['0;0;1;0\r\n0;0;0;\r\n'] }) },
      'application/json': { schema: Type.Array(Type.Unknown(), { examples: [[[0, 0, 1, 0], '000']] }) },
      'application/x-ndjson': { schema: Type.String({ examples: ['[0,0,1,0,0,1,0]\n{"clouds":"0000000"}\n'] }) },
    },
  },
  response: {
    200: {
      description: 'A `BatchAnswer` a line',
      headers: {
        'X-Batch-Format': {
          type: 'string',
          description:
            '`text`, `hackerrank`, `json`, `json-lines`, `csv`, or `csv; separator=semicolon` (`comma`, `tab`).',
        },
      },
      content: { 'application/x-ndjson': { schema: Type.Unsafe<Readable>(BatchAnswer) } },
    },
  },
  problems: [...CHANGE_PROBLEMS, 'too-many-imports'] as const,
}

export const batchRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const takeSlot = accountSlots(SLOTS)
  const answersTo = batchAnswers(api.recorder)
  api.removeAllContentTypeParsers()
  api.addContentTypeParser(TYPES, (_request, payload, done) => done(null, payload))
  api.addContentTypeParser('*', (_request, _payload, done) => done(unsupported()))

  const options = {
    schema: Batch,
    validatorCompiler: readsStream,
    onRequest: api.signedIn,
    config: { streaming: true, scope: 'record' },
  } as const
  api.post('/jotc/batch', options, async function recordBatch(request, reply) {
    const body = request.body instanceof Readable ? request.body : Readable.from([])
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_FILE) {
      throw new HttpError('body-too-large', 'The batch is larger than 50 MB. Split it and send the parts.')
    }
    const freeSlot = takeSlot(request.account.id)
    const deadline = setTimeout(() => {
      request.log.info('import took longer than 15 minutes, connection closed')
      reply.raw.destroy()
    }, TIMEOUT_MS)
    const end = () => {
      freeSlot()
      clearTimeout(deadline)
      // Unread parts of the body would block the connection's next request.
      body.resume()
    }
    const file = await openFile(body, isJsonLines(request)).catch((error) => {
      end()
      throw body.errored ? new HttpError('malformed-request', 'The body ended early.', { cause: error }) : error
    })
    const batch = {
      ...file,
      userId: request.account.id,
      idOf: idsOf(request.headers['idempotency-key']),
      authorize: () => request.stillSignedIn(),
    }
    const answers = Readable.from(answersTo(batch), { objectMode: false })
    answers.once('close', end)
    return reply.type('application/x-ndjson').header('x-batch-format', nameOf(file.format)).send(answers)
  })
}

function isJsonLines({ headers }: FastifyRequest): boolean {
  return /^\s*application\/x-ndjson/i.test(headers['content-type'] ?? '')
}

const SHAPES = { text: 'text', csv: 'csv', hackerRank: 'hackerrank', json: 'json', jsonLines: 'json-lines' }
const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' }

function nameOf({ shape, separator }: FileFormat): string {
  return separator === undefined ? SHAPES[shape] : `${SHAPES[shape]}; separator=${SEPARATORS[separator]}`
}

function unsupported(): HttpError {
  return new HttpError(
    'unsupported-media-type',
    'Send a file of boards as text/plain, text/csv, application/json or application/x-ndjson.',
  )
}

/** The last digits of a UUID, which count the boards. */
const DIGITS = 12
const COUNTS = 16n ** BigInt(DIGITS)

/**
 * The ids of the boards of a batch. With a key (a UUID), the id of line or item n is the key plus n, so that a batch sent
 * again is recorded once, and its boards are neighbours in the indexes.
 */
function idsOf(key: string | undefined): (number: number) => string {
  if (key === undefined) return () => randomUUIDv7()
  const head = key.slice(0, -DIGITS).toLowerCase()
  const first = BigInt(`0x${key.slice(-DIGITS)}`)
  return (number) => head + ((first + BigInt(number)) % COUNTS).toString(16).padStart(DIGITS, '0')
}
