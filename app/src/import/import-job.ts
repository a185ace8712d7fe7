import type { BatchAnswer } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import type { Entry } from '@jotc/core/board-file/entry'
import { type ShownProblem, shownProblem } from '#api/client.ts'
import { session } from '#api/session.ts'
import { GrowingFile } from '#ui/browser/files.ts'
import { NOTHING_READ, Pace, type Progress, type Solved, type Unread, withResult } from './progress.ts'
import { answersTo } from './queries.ts'
import { examine, type Slice, slicesOf } from './slices.ts'
import { entryFaultText, fileFaultText, t } from './words/en.ts'

/** Between two looks at the progress, however fast the answers come. */
const SHOWN_EVERY_MS = 100

/**
 * The import of one file: examined as a whole, then read, sent and answered slice by slice, in order.
 *
 * Promises: of a file that cannot be read to its end nothing is sent; what was answered is in `results` and `errors`,
 * once, whatever happens afterwards; a passing failure is waited out; no file is ever in the page's memory as a whole;
 * nothing is sent as another account than the one that began it.
 */
export class ImportJob {
  readonly name: string
  /** The id of the account that began it. */
  readonly owner: string
  /** What came of it so far: JSON, a board a line. */
  readonly results = new GrowingFile()
  readonly errors = new GrowingFile()
  readonly #file: File
  readonly #onShow: () => void
  readonly #stopping = new AbortController()
  readonly #pace = new Pace()
  /** Shut while the import is paused or has failed. */
  #gate: PromiseWithResolvers<void> | undefined
  /** How much of the slice that is under way is done. */
  #done = 0
  #progress = NOTHING_READ
  #shown = NOTHING_READ
  #showing: ReturnType<typeof setTimeout> | undefined

  /** Begins at once. @param onShow called when `progress` is another, ten times a second at most */
  constructor(file: File, owner: string, onShow: () => void) {
    this.name = file.name
    this.owner = owner
    this.#file = file
    this.#onShow = onShow
    void this.#run()
  }

  get progress(): Progress {
    return this.#shown
  }

  /** The slice that is under way is still answered. */
  pause(): void {
    this.#halt('paused')
  }

  resume(): void {
    this.#pace.restart()
    this.#change({ phase: 'reading', problem: undefined })
    this.#gate?.resolve()
    this.#gate = undefined
  }

  stop(): void {
    this.#stopping.abort()
    this.#gate?.resolve()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    try {
      const { format, total, fault } = await examine(this.#file, signal)
      if (fault) return this.#end({ phase: 'refused', problem: { detail: fileFaultText(fault), code: undefined } })
      if (!signal.aborted) this.#change({ format, total })
      for await (const slice of slicesOf(this.#file)) {
        await this.#send(slice)
        if (signal.aborted) return this.#end({ phase: 'stopped' })
      }
      this.#end({ phase: 'done' })
    } catch (error) {
      this.#end({ phase: 'failed', problem: fileProblem(error) })
    }
  }

  /** Resolves once the slice is answered, or the import was stopped. */
  async #send(slice: Slice): Promise<void> {
    const { signal } = this.#stopping
    this.#done = 0
    for (;;) {
      await this.#gate?.promise
      if (signal.aborted) return
      try {
        if (session.get()?.user.id === this.owner) return await this.#takeAnswers(slice)
        this.#halt('failed', { detail: t.otherAccount, code: undefined })
      } catch (error) {
        if (!signal.aborted) this.#halt('failed', shownProblem(error))
      }
    }
  }

  async #takeAnswers({ key, entries }: Slice): Promise<void> {
    const boards = entries.flatMap((entry) => ('board' in entry ? [entry.board] : []))
    const answered = entries.slice(0, this.#done).filter((entry) => 'board' in entry).length
    const { signal } = this.#stopping
    const onWait = () => this.#progress.phase === 'reading' && this.#change({ phase: 'waiting' })
    this.#takeFaults(entries)
    for await (const answer of answersTo(boards, { key, answered, signal, onWait })) {
      if (this.#progress.phase === 'waiting') {
        this.#pace.restart()
        this.#change({ phase: 'reading' })
      }
      this.#take(resultOf(entries[this.#done] as ReadBoard, answer))
      this.#takeFaults(entries)
    }
  }

  /** Where no board is before the next one, there is nothing to ask. */
  #takeFaults(entries: readonly Entry[]): void {
    for (let entry = entries[this.#done]; entry && 'fault' in entry; entry = entries[this.#done]) {
      const { fault, ...place } = entry
      this.#take({ ...place, error: entryFaultText(fault), code: fault.code })
    }
  }

  #take(result: Solved | Unread): void {
    this.#done++
    const file = 'error' in result ? this.errors : this.results
    file.add(`${JSON.stringify(result)}\n`)
    this.#change(withResult(this.#progress, result))
    this.#pace.note(performance.now(), this.#progress.read)
  }

  #halt(phase: 'paused' | 'failed', problem?: ShownProblem): void {
    this.#gate ??= Promise.withResolvers()
    this.#change({ phase, problem })
  }

  #end(last: Pick<Progress, 'phase'> & Partial<Progress>): void {
    this.#change({ ...last, isOver: true })
  }

  #change(change: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...change }
    this.#showing ??= setTimeout(() => {
      this.#showing = undefined
      this.#shown = { ...this.#progress, rate: this.#pace.rate }
      this.#onShow()
    }, SHOWN_EVERY_MS)
  }
}

type ReadBoard = Extract<Entry, { board: Board }>

function resultOf({ board, ...place }: ReadBoard, answer: BatchAnswer): Solved | Unread {
  if ('error' in answer) return { ...place, error: t.notSaved, code: answer.code }
  const { line: _, item: _item, ...solved } = answer
  return { ...place, clouds: board, ...solved }
}

/** The browser throws a `DOMException` for a file that was moved or changed after it was chosen. */
function fileProblem(error: unknown): ShownProblem {
  return error instanceof DOMException ? { detail: t.unreadable, code: undefined } : shownProblem(error)
}
