import { type ShownProblem, shownProblem } from '#api/client.ts'
import { session } from '#api/session.ts'
import { GrowingFile } from '#ui/files.ts'
import { Pace } from './pace.ts'
import { NOTHING_READ, type Progress, withAnswer } from './progress.ts'
import { answersTo } from './queries.ts'
import { lineErrorText } from './read-line.ts'
import { countBoards, type Slice, slicesOf } from './slices.ts'
import { t } from './words/en.ts'

/** Milliseconds between two looks at the progress, however fast the answers come. */
const SHOWN_EVERY = 100

/**
 * The import of one file: read, sent and answered slice by slice, in order.
 *
 * Promises: what was answered is in `results` and `errors`, once, whatever happens afterwards; a passing failure is
 * waited out; no file is ever in the page's memory as a whole; nothing is sent as another account than the one that
 * began it.
 */
export class ImportJob {
  readonly name: string
  /** The id of the account that began it. */
  readonly owner: string
  /** What was answered so far: JSON, an answer a line. */
  readonly results = new GrowingFile()
  readonly errors = new GrowingFile()
  readonly #file: File
  readonly #onShow: () => void
  readonly #stopping = new AbortController()
  readonly #pace = new Pace()
  /** Shut while the import is paused or has failed. */
  #gate: PromiseWithResolvers<void> | undefined
  #lastLine = 0
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
    void this.#count()
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
    try {
      for await (const slice of slicesOf(this.#file)) {
        await this.#send(slice)
        if (this.#stopping.signal.aborted) return this.#end({ phase: 'stopped' })
      }
      this.#end({ phase: 'done', total: this.#progress.read })
    } catch (error) {
      this.#end({ phase: 'failed', problem: fileProblem(error) })
    }
  }

  /** Resolves once the slice is answered, or the import was stopped. */
  async #send(slice: Slice): Promise<void> {
    const { signal } = this.#stopping
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

  async #takeAnswers(slice: Slice): Promise<void> {
    const { signal } = this.#stopping
    const onWait = () => this.#progress.phase === 'reading' && this.#change({ phase: 'waiting' })
    for await (const answered of answersTo(slice, { after: this.#lastLine, signal, onWait })) {
      const answer = 'error' in answered ? { ...answered, error: lineErrorText(slice, answered) } : answered
      if (this.#progress.phase === 'waiting') {
        this.#pace.restart()
        this.#change({ phase: 'reading' })
      }
      const file = 'error' in answer ? this.errors : this.results
      file.add(`${JSON.stringify(answer)}\n`)
      this.#lastLine = answer.line
      this.#change(withAnswer(this.#progress, slice, answer))
      this.#pace.note(performance.now(), this.#progress.read)
    }
  }

  async #count(): Promise<void> {
    try {
      const total = await countBoards(this.#file, this.#stopping.signal)
      if (!this.#progress.isOver) this.#change({ total })
    } catch {
      // `#run` tells of a file that cannot be read.
    }
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
    }, SHOWN_EVERY)
  }
}

/** The browser throws a `DOMException` for a file that was moved or changed after it was chosen. */
function fileProblem(error: unknown): ShownProblem {
  return error instanceof DOMException ? { detail: t.unreadable, code: undefined } : shownProblem(error)
}
