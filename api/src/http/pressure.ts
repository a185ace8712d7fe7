/** Requests that a worker takes at once while nothing speaks against it. */
const MOST = 1_000
/** So many are always taken. */
const FEWEST = 50
/** Who is taken should wait no longer than this, in seconds, at the pace of the last second. */
const WAIT = 0.5
/** Milliseconds that the event loop may be late, three looks in a row: once may be a garbage collection. */
const LATEST = 500
const LATE_LOOKS = 3
/** Milliseconds between two looks; so many make a second, and so many in a row are more than a burst. */
const LOOK_EVERY = 50
const A_SECOND = 20
const NO_BURST = 5

export type Pressure = {
  /** Counts one more. @returns to be called when it is answered, or its client has left */
  begin(): () => void
  /** Whether the next one must be refused; then it counts as refused. */
  tooMuch(): boolean
  /** How many were refused, by why. */
  readonly refused: Readonly<Record<'queue' | 'event loop', number>>
  /** Calls `listener` once a second with how many were refused in it, if any. */
  onRefused(listener: (count: number) => void): void
  readonly atOnce: number
  /** How many may be at once now. */
  readonly most: number
  /** By how many milliseconds the event loop was late at least, at the last looks. */
  readonly lateness: number
  stop(): void
}

/**
 * Whether a worker has more to do than it can do soon.
 *
 * A queue as long as what is answered in half a second makes people wait for half a second. A longer one may be a
 * burst; where it stays for a quarter of one it is not, and only so many are taken until nobody had to be refused for a
 * second. The measure is the pace itself, so that it holds for a slow machine or database as well (decision 016 says
 * what was measured, and what was not).
 */
export function watchPressure(): Pressure {
  const answered = new Array<number>(A_SECOND).fill(0)
  const late = new Array<number>(LATE_LOOKS).fill(0)
  let atOnce = 0
  let most = MOST
  let looks = 0
  let crowded = 0
  let refusedLately = 0
  const refused = { queue: 0, 'event loop': 0 }
  let tell: (count: number) => void = () => {}
  let before = performance.now()

  function look(): void {
    const now = performance.now()
    late[looks % LATE_LOOKS] = now - before - LOOK_EVERY
    before = now
    looks++
    const soon = Math.max(FEWEST, Math.round(WAIT * answered.reduce((sum, count) => sum + count, 0)))
    answered[looks % A_SECOND] = 0
    crowded = atOnce > soon ? crowded + 1 : 0
    if (crowded >= NO_BURST || most < MOST) most = Math.min(soon, MOST)
    if (looks % A_SECOND === 0) aSecond()
  }

  function aSecond(): void {
    if (refusedLately > 0) tell(refusedLately)
    else most = MOST
    refusedLately = 0
  }

  const timer = setInterval(look, LOOK_EVERY).unref()
  return {
    begin() {
      atOnce++
      return () => {
        atOnce--
        answered[looks % A_SECOND] = (answered[looks % A_SECOND] ?? 0) + 1
      }
    },
    tooMuch() {
      const why = atOnce >= most ? 'queue' : Math.min(...late) > LATEST ? 'event loop' : undefined
      if (why === undefined) return false
      refused[why]++
      refusedLately++
      return true
    },
    refused,
    onRefused(listener) {
      tell = listener
    },
    get atOnce() {
      return atOnce
    },
    get most() {
      return most
    },
    get lateness() {
      return Math.min(...late)
    },
    stop: () => clearInterval(timer),
  }
}
