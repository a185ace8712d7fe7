import { type Static, Type } from 'typebox'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })

const answer = {
  id: Id,
  clouds: Type.String({ pattern: '^0(?:[01]*0)?$' }),
  size: Type.Integer({ description: 'How many clouds.' }),
  solvable: Type.Boolean(),
  total: Type.Union([Type.Integer(), Type.Null()], { description: 'Fewest jumps; null where the board is blocked.' }),
  blockedAt: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The first of two thunderheads side by side, counted from 0.',
  }),
  playedJumps: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The jumps of the person who played the board; null where nobody did.',
  }),
  createdAt: Instant,
}

const SOLVED = {
  id: '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77',
  clouds: '0010010',
  size: 7,
  solvable: true,
  total: 4,
  blockedAt: null,
  playedJumps: null,
  createdAt: '2026-03-31T10:00:00.000Z',
}
const LISTED = { ...SOLVED, email: 'mira@example.org' }
const MOVES = [
  { from: 0, to: 1 },
  { from: 1, to: 3 },
  { from: 3, to: 4 },
  { from: 4, to: 6 },
]

const moves = Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() }), {
  description: 'One route with the fewest jumps; empty where the board is blocked or has one cloud.',
})

/** Checked by `parseBoard`, whose rules the description repeats. */
export type SolveRequest = Static<typeof SolveRequest>
export const SolveRequest = Type.Object(
  {
    clouds: Type.Union([Type.Array(Type.Integer({ minimum: 0, maximum: 1 })), Type.String()], {
      description:
        'The board, 1 to 10,000 clouds, first and last 0: an array of the numbers 0 and 1, zeros and ones ' +
        'as text with any white space or commas between them, or HackerRank’s two lines.',
    }),
    played: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0 }), {
        description:
          'The route of a person who played the board: the clouds visited, counted from 0, the first and the last one ' +
          'included. It is checked, and its number of jumps is kept as `playedJumps`.',
      }),
    ),
  },
  {
    $id: 'SolveRequest',
    additionalProperties: false,
    examples: [{ clouds: [0, 0, 1, 0, 0, 1, 0] }, { clouds: '00000', played: [0, 1, 2, 4] }],
  },
)

export type IdempotencyHeaders = Static<typeof IdempotencyHeaders>
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      format: 'uuid',
      description:
        'A UUID of the caller’s making, which becomes the submission’s id: sent twice, a board is recorded once and ' +
        'answered the same. Used before for another board, another number of jumps played, or by somebody else, it is a 409.',
    }),
  ),
})

export type SolvedSubmission = Static<typeof SolvedSubmission>
export const SolvedSubmission = Type.Object(
  { ...answer, moves },
  { $id: 'SolvedSubmission', examples: [{ ...SOLVED, moves: MOVES }] },
)

export type SubmissionDetail = Static<typeof SubmissionDetail>
export const SubmissionDetail = Type.Object(
  {
    ...answer,
    email: Type.String(),
    moves,
    optimalRoutes: Type.String({
      pattern: '^\\d+$',
      description: 'How many routes take the fewest jumps: a decimal number that can exceed 2^53.',
    }),
  },
  { $id: 'SubmissionDetail', examples: [{ ...LISTED, moves: MOVES, optimalRoutes: '1' }] },
)

/** A submission as a list shows it. */
export type Submission = Static<typeof Submission>
export const Submission = Type.Object({ ...answer, email: Type.String() }, { $id: 'Submission', examples: [LISTED] })

/** The defaults of a list's parameters. */
export const LIST_DEFAULTS = { timeZone: 'UTC', page: 1, pageSize: 20, sort: 'desc', sortBy: 'createdAt' } as const

export type SubmissionFilter = Static<typeof SubmissionFilter>
export const SubmissionFilter = Type.Object(
  {
    email: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        pattern: '^[^\\u0000-\\u001f\\u007f]*$',
        description: 'Any part of the address, in any case and width.',
      }),
    ),
    dateBegin: Type.Optional(
      Type.String({
        description: 'ISO 8601. A date: that whole day in `timeZone`. A date-time: from that instant on.',
      }),
    ),
    dateEnd: Type.Optional(
      Type.String({ description: 'ISO 8601. A date: that whole day, included. A date-time: before that instant.' }),
    ),
    timeZone: Type.Optional(
      Type.String({ default: LIST_DEFAULTS.timeZone, description: 'An IANA name, such as Europe/Berlin.' }),
    ),
    solvable: Type.Optional(Type.Boolean()),
    minSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'As many clouds or more.' })),
    maxSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'As many clouds or fewer.' })),
    minTotal: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 9_999, description: 'As many jumps or more. A blocked board has none.' }),
    ),
    maxTotal: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 9_999, description: 'As many jumps or fewer. A blocked board has none.' }),
    ),
  },
  { additionalProperties: false },
)

export const SORT_KEYS = ['createdAt', 'email', 'size', 'total'] as const
export type SortKey = (typeof SORT_KEYS)[number]

export type ListQuery = Static<typeof ListQuery>
export const ListQuery = Type.Object(
  {
    ...SubmissionFilter.properties,
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: LIST_DEFAULTS.page })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: LIST_DEFAULTS.pageSize })),
    cursor: Type.Optional(
      Type.String({ maxLength: 1000, description: 'The `nextCursor` of the page before; instead of `page`.' }),
    ),
    sort: Type.Optional(Type.Enum(['asc', 'desc'], { default: LIST_DEFAULTS.sort })),
    sortBy: Type.Optional(Type.Enum(SORT_KEYS, { default: LIST_DEFAULTS.sortBy })),
  },
  { additionalProperties: false },
)

export type SubmissionPage = Static<typeof SubmissionPage>
export const SubmissionPage = Type.Object(
  {
    items: Type.Array(Submission),
    total: Type.Integer(),
    totalIsExact: Type.Boolean(),
    nextCursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
  },
  { $id: 'SubmissionPage', examples: [{ items: [LISTED], total: 1, totalIsExact: true, nextCursor: null }] },
)

export type SubmissionStats = Static<typeof SubmissionStats>
export const SubmissionStats = Type.Object(
  {
    submissions: Type.Integer(),
    people: Type.Integer(),
    solvable: Type.Integer({ description: 'How many of the submissions have a route.' }),
    medianTotal: Type.Union([Type.Number(), Type.Null()]),
    longest: Type.Union([Type.Integer(), Type.Null()], { description: 'Clouds on the longest board.' }),
    days: Type.Array(
      Type.Object({
        day: Type.String({
          format: 'date',
          description: 'A day in the asked time zone; days without any are left out.',
        }),
        solvable: Type.Integer(),
        blocked: Type.Integer(),
      }),
    ),
    sizes: Type.Array(Type.Object({ size: Type.Integer(), solvable: Type.Integer(), blocked: Type.Integer() }), {
      description: 'How many boards there are of each size; sizes without any are left out.',
    }),
    users: Type.Array(Type.Object({ email: Type.String(), submissions: Type.Integer() }), {
      description: 'For administrators: who sent most, ten at most.',
    }),
  },
  {
    $id: 'SubmissionStats',
    examples: [
      {
        submissions: 3,
        people: 1,
        solvable: 2,
        medianTotal: 3.5,
        longest: 7,
        days: [{ day: '2026-03-31', solvable: 2, blocked: 1 }],
        sizes: [
          { size: 4, solvable: 0, blocked: 1 },
          { size: 7, solvable: 2, blocked: 0 },
        ],
        users: [],
      },
    ],
  },
)

export type ExportQuery = Static<typeof ExportQuery>
export const ExportQuery = Type.Object(
  {
    ...SubmissionFilter.properties,
    format: Type.Optional(Type.Enum(['csv', 'ndjson'], { default: 'csv' })),
    separator: Type.Optional(
      Type.Enum(['comma', 'semicolon'], {
        default: 'comma',
        description: 'Of CSV. Spreadsheets of a system whose decimal sign is the comma open CSV with semicolons.',
      }),
    ),
    check: Type.Optional(
      Type.Boolean({ default: false, description: 'Only asks whether the export could begin now: 204 and no file.' }),
    ),
  },
  { additionalProperties: false },
)

const place = {
  line: Type.Integer({ description: 'On which it begins, counted from 1.' }),
  item: Type.Optional(Type.Integer({ description: 'In a JSON text: which of its items, counted from 1.' })),
}

/** The outcome of one entry of a batch. */
export type BatchAnswer = Static<typeof BatchAnswer>
export const BatchAnswer = Type.Union(
  [
    Type.Object({
      ...place,
      id: Id,
      size: answer.size,
      solvable: answer.solvable,
      total: answer.total,
      blockedAt: answer.blockedAt,
    }),
    Type.Object({
      ...place,
      error: Type.String({ description: 'A sentence for the person.' }),
      code: Type.String({ description: 'A stable name of what is wrong: `notACloud`, `lineTooLong`.' }),
    }),
  ],
  {
    $id: 'BatchAnswer',
    examples: [
      { line: 1, id: SOLVED.id, size: 7, solvable: true, total: 4, blockedAt: null },
      { line: 2, error: 'The first cloud is a thunderhead. Both ends must be 0.', code: 'firstNotSafe' },
    ],
  },
)

export type FeedQuery = Static<typeof FeedQuery>
export const FeedQuery = Type.Object(
  {
    lastEventId: Type.Optional(
      Type.String({ maxLength: 100, description: 'The same, for a browser, whose first request has no such header.' }),
    ),
  },
  { additionalProperties: false },
)

export type FeedHeaders = Static<typeof FeedHeaders>
export const FeedHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 100, description: 'The `id` of the last event that was got; it goes on after it.' }),
  ),
})

/** Why a live feed ended: the sign-in expired or was revoked, the account changed, or this server is stopping. */
export type FeedEnd = Static<typeof FeedEnd>
export const FeedEnd = Type.Object(
  { reason: Type.Enum(['expired', 'revoked', 'changed', 'closing']) },
  { $id: 'FeedEnd' },
)
