/**
 * The answer, if it comes within `ms`; else rejects.
 *
 * The time is waited in two halves, and a worker whose event loop stood still spends at most one of
 * them on that: what arrived meanwhile is read before the second ends.
 */
export function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${ms} ms`))
    let timer = setTimeout(() => {
      timer = setTimeout(late, ms / 2)
    }, ms / 2)
    answer.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}
