import { randomUUIDv7 } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BatchAnswer } from '@jotc/core/api/jotc'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { BEARER, SIGNED_IN_PROBLEMS } from '../../auth/signed-in.ts'
import { HttpError } from '../../http/errors.ts'
import { readsStream } from '../../http/input.ts'
import { BODY_PROBLEMS } from '../../http/openapi.ts'
import { accountSlots } from '../account-slots.ts'
import { batchAnswers } from './batch.ts'
import { linesOf, readJson, readText } from './lines.ts'

/** The longest board fits however it is spaced. */
const MAX_LINE_CHARACTERS = 64 * 1024
const MAX_BODY_BYTES = 50 * 1024 * 1024
const TIMEOUT_MS = 15 * 60_000
const SLOTS = { perAccount: 2, total: 100, type: 'too-many-imports', fact: 'You have two imports running.' } as const

const READERS = { 'text/plain': readText, 'application/x-ndjson': readJson }

const Batch = {
  operationId: 'solveBatch',
  tags: ['Submissions'],
  summary: 'Solve and record many boards, one a line',
  description:
    'Answers with a line for each board, in order, as soon as it is recorded. A line that is no board gets an error ' +
    'and stops nothing; blank lines are skipped, but count. As text, a line is whatever `clouds` may be in one line; ' +
    'as NDJSON it is an array, a string, or an object with `clouds`. At most 50 MB, 65,536 characters a line, 15 ' +
    'minutes, and two batches of an account at once. An answer that breaks off has told what is recorded so far: ' +
    'send the batch again with the same `Idempotency-Key` and nothing is recorded twice. ' +
    'Read the answers while you send; where that cannot be done (no browser can), send slices below 1 MB.',
  security: BEARER,
  headers: Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'The board on line n is recorded under this UUID plus n, once, however often it is sent.',
      }),
    ),
  }),
  body: {
    content: {
      'text/plain': { schema: Type.String({ examples: ['0010010\n0000000\n'] }) },
      'application/x-ndjson': { schema: Type.String({ examples: ['[0,0,1,0,0,1,0]\n{"clouds":"0000000"}\n'] }) },
    },
  },
  response: {
    200: {
      description: 'A `BatchAnswer` a line',
      content: { 'application/x-ndjson': { schema: Type.Unsafe<Readable>(BatchAnswer) } },
    },
  },
  problems: [...SIGNED_IN_PROBLEMS, ...BODY_PROBLEMS, 'too-many-imports'] as const,
}

export const batchRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const takeSlot = accountSlots(SLOTS)
  const answersTo = batchAnswers(api.recorder)
  api.removeAllContentTypeParsers()
  api.addContentTypeParser(Object.keys(READERS), (_request, payload, done) => done(null, payload))
  api.addContentTypeParser('*', (_request, _payload, done) => done(unsupported()))

  const options = {
    schema: Batch,
    validatorCompiler: readsStream,
    onRequest: api.signedIn,
    config: { streaming: true },
  }
  api.post('/jotc/batch', options, async function recordBatch(request, reply) {
    const body = request.body instanceof Readable ? request.body : Readable.from([])
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
      throw new HttpError('body-too-large', 'The batch is larger than 50 MB. Split it and send the parts.')
    }
    const freeSlot = takeSlot(request.account.id)
    const batch = {
      lines: linesOf(body, { characters: MAX_LINE_CHARACTERS, bytes: MAX_BODY_BYTES }),
      read: READERS[mediaType(request)],
      userId: request.account.id,
      idOf: idsOf(request.headers['idempotency-key']),
      authorize: () => request.stillSignedIn(),
    }
    const answers = Readable.from(answersTo(batch), { objectMode: false })
    const deadline = setTimeout(() => {
      request.log.info('import took longer than 15 minutes, connection closed')
      reply.raw.destroy()
    }, TIMEOUT_MS)
    answers.once('close', () => {
      freeSlot()
      clearTimeout(deadline)
      // What is not read any more would stand in the way of the connection's next request.
      body.resume()
    })
    return reply.type('application/x-ndjson').send(answers)
  })
}

function mediaType({ headers }: FastifyRequest): keyof typeof READERS {
  return /^\s*application\/x-ndjson/i.test(headers['content-type'] ?? '') ? 'application/x-ndjson' : 'text/plain'
}

function unsupported(): HttpError {
  return new HttpError(
    'unsupported-media-type',
    'Send text/plain with one board per line, or application/x-ndjson with one JSON value per line.',
  )
}

/** The last 12 hexadecimal digits of a UUID count the lines. */
const DIGITS = 12
const COUNTS = 16n ** BigInt(DIGITS)

/**
 * The ids of the boards of a batch. With a key (a UUID), that of line n is the key plus n: a batch that is sent again
 * is recorded once, and boards that come together lie together in the indexes.
 */
function idsOf(key: string | undefined): (line: number) => string {
  if (key === undefined) return () => randomUUIDv7()
  const head = key.slice(0, -DIGITS).toLowerCase()
  const first = BigInt(`0x${key.slice(-DIGITS)}`)
  return (line) => head + ((first + BigInt(line)) % COUNTS).toString(16).padStart(DIGITS, '0')
}
