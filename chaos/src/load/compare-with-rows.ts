import type { Outcome } from './clients.ts'

export type Comparison = {
  sent: number
  created: number
  refused: number
  /** Connections that failed before an answer, and answers that are neither 201 nor 503. */
  failed: string[]
  /** Answered 201, and not in the database under that id. */
  lost: string[]
  /** In the database, though nobody was answered. */
  recordedUnanswered: string[]
  /** Boards that are in the database more than once, each of which was sent once. */
  doubled: string[]
  /** Milliseconds without any success, at most. */
  longestOutage: number
}

export type Sql = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>

/** Compares what clients were answered with what the database has. */
export async function compareWithRows(outcomes: readonly Outcome[], sql: Sql): Promise<Comparison> {
  const boards = outcomes.map(({ board }) => board)
  const rows = await sql('select id, clouds from submissions where clouds = any($1)', [boards])
  const kept = new Map<unknown, unknown[]>()
  for (const { id, clouds } of rows) kept.set(clouds, [...(kept.get(clouds) ?? []), id])
  const created = outcomes.filter(({ status }) => status === 201)
  const others = outcomes.filter(({ status }) => status !== 201 && status !== 503)
  return {
    sent: outcomes.length,
    created: created.length,
    refused: outcomes.filter(({ status }) => status === 503).length,
    failed: others.map(({ status, why }) => `${status ?? 'no answer'}: ${why}`),
    lost: created.filter(({ board, id }) => !kept.get(board)?.includes(id)).map(({ board }) => board),
    recordedUnanswered: outcomes
      .filter(({ board, status }) => status === undefined && kept.has(board))
      .map(({ board }) => board),
    doubled: boards.filter((board) => (kept.get(board)?.length ?? 0) > 1),
    longestOutage: longestOutage(created),
  }
}

function longestOutage(created: readonly Outcome[]): number {
  const times = created.map(({ ended }) => ended).sort((a, b) => a - b)
  return Math.max(0, ...times.slice(1).map((time, n) => Math.round(time - (times[n] ?? time))))
}
