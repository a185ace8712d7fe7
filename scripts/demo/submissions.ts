import { type Board, LONGEST_RECORDED_BOARD } from '../../core/src/board.ts'
import { randomBoard } from '../../core/src/random.ts'
import { solve } from '../../core/src/solver.ts'
import { chance, wholeChance } from './chance.ts'

export type SampleSubmission = { person: number; clouds: Board; total: number | null; createdAt: Date }

const DAYS = 61
const DAY = 86_400_000
/** Submissions on a day of the week, Sunday first: people draw clouds at work and in class. */
const ON_WEEKDAY = [38, 96, 112, 118, 109, 84, 42]
/** What each hour of the day has of it (UTC): a morning, a lunch break, an afternoon, an evening on the sofa. */
const IN_HOUR = [2, 1, 1, 1, 1, 2, 4, 7, 11, 13, 12, 9, 7, 10, 12, 11, 9, 7, 6, 7, 8, 7, 5, 3]
const BLOCKED = 0.09

/**
 * What `people` many persons may have sent in the two months before `now`: more on working days, more as the weeks
 * go by, a few persons much more than most; small boards, and now and then one of thousands of clouds.
 */
export function submissionsUntil(now: Date, people: number): SampleSubmission[] {
  const today = Math.floor(now.getTime() / DAY) * DAY
  return Array.from({ length: DAYS }, (_, back) => DAYS - 1 - back)
    .flatMap((daysAgo) => timesOn(new Date(today - daysAgo * DAY), daysAgo))
    .filter((time) => time < now)
    .map((createdAt, number) => ({
      person: Math.floor(people * chance(number, 'person') ** 2.5),
      ...solvedBoard(number),
      createdAt,
    }))
}

function timesOn(day: Date, daysAgo: number): Date[] {
  const growth = 1.25 - (0.5 * daysAgo) / DAYS
  const mood = 0.8 + 0.4 * chance(daysAgo, 'mood')
  const count = Math.round((ON_WEEKDAY[day.getUTCDay()] ?? 0) * growth * mood)
  return Array.from({ length: count }, (_, number) => new Date(day.getTime() + timeOfDay(daysAgo, number))).sort(
    (one, other) => one.getTime() - other.getTime(),
  )
}

/** Milliseconds since midnight. */
function timeOfDay(daysAgo: number, number: number): number {
  let left = chance(daysAgo, number, 'hour') * IN_HOUR.reduce((sum, share) => sum + share, 0)
  const hour = IN_HOUR.findIndex((share) => {
    left -= share
    return left < 0
  })
  return Math.floor((hour + chance(daysAgo, number, 'minute')) * (DAY / 24))
}

function solvedBoard(number: number): { clouds: Board; total: number | null } {
  const isBlocked = chance(number, 'blocked') < BLOCKED
  // Half of them up to 14 clouds, a tenth above 70, one in a thousand above 4,500.
  const odds = 1 / (1 - chance(number, 'size')) - 1
  const size = Math.min(LONGEST_RECORDED_BOARD, Math.round((isBlocked ? 7 : 5) + 9 * odds ** 0.9))
  const density = 0.2 + 0.25 * chance(number, 'density')
  for (let seed = wholeChance(number, 'seed'); ; seed++) {
    const clouds = randomBoard({ size, density: isBlocked ? 0.5 : density, seed, solvable: !isBlocked })
    const { solvable, total } = solve(clouds)
    if (solvable !== isBlocked) return { clouds, total }
  }
}
