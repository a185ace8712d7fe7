import { type Board, LONGEST_RECORDED_BOARD } from '../../core/src/board.ts'
import { randomBoard } from '../../core/src/random.ts'
import { solve } from '../../core/src/solver.ts'
import { chance, wholeChance } from './chance.ts'

export type SampleSubmission = { person: number; clouds: Board; total: number | null; createdAt: Date }

const DAYS = 61
const DAY_MS = 86_400_000
/** Submissions by day of the week, Sunday first. */
const ON_WEEKDAY = [38, 96, 112, 118, 109, 84, 42]
/** The weight of each hour of the day (UTC). */
const HOUR_WEIGHTS = [2, 1, 1, 1, 1, 2, 4, 7, 11, 13, 12, 9, 7, 10, 12, 11, 9, 7, 6, 7, 8, 7, 5, 3]
const BLOCKED_SHARE = 0.09

/**
 * Invents what this many people sent in the two months before `now`: more on working days, more each week, and a few
 * people far more than most. Boards are small, with an occasional one of thousands of clouds.
 */
export function submissionsUntil(now: Date, people: number): SampleSubmission[] {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  return Array.from({ length: DAYS }, (_, back) => DAYS - 1 - back)
    .flatMap((daysAgo) => timesOn(new Date(today - daysAgo * DAY_MS), daysAgo))
    .filter((time) => time < now)
    .map((createdAt, number) => ({
      person: Math.floor(people * chance(number, 'person') ** 2.5),
      ...solvedBoard(number),
      createdAt,
    }))
}

function timesOn(day: Date, daysAgo: number): Date[] {
  const growth = 1.25 - (0.5 * daysAgo) / DAYS
  const variation = 0.8 + 0.4 * chance(daysAgo, 'mood')
  const count = Math.round((ON_WEEKDAY[day.getUTCDay()] ?? 0) * growth * variation)
  return Array.from({ length: count }, (_, number) => new Date(day.getTime() + timeOfDay(daysAgo, number))).sort(
    (one, other) => one.getTime() - other.getTime(),
  )
}

/** Milliseconds since midnight. */
function timeOfDay(daysAgo: number, number: number): number {
  let left = chance(daysAgo, number, 'hour') * HOUR_WEIGHTS.reduce((sum, weight) => sum + weight, 0)
  const hour = HOUR_WEIGHTS.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return Math.floor((hour + chance(daysAgo, number, 'minute')) * (DAY_MS / 24))
}

function solvedBoard(number: number): { clouds: Board; total: number | null } {
  const isBlocked = chance(number, 'blocked') < BLOCKED_SHARE
  // Half have up to 14 clouds, a tenth above 70, one in a thousand above 4,500.
  const odds = 1 / (1 - chance(number, 'size')) - 1
  const size = Math.min(LONGEST_RECORDED_BOARD, Math.round((isBlocked ? 7 : 5) + 9 * odds ** 0.9))
  const density = 0.2 + 0.25 * chance(number, 'density')
  for (let seed = wholeChance(number, 'seed'); ; seed++) {
    const clouds = randomBoard({ size, density: isBlocked ? 0.5 : density, seed, solvable: !isBlocked })
    const { solvable, total } = solve(clouds)
    if (solvable !== isBlocked) return { clouds, total }
  }
}
