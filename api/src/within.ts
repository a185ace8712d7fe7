/**
 * The answer if it comes within `ms`, else a rejection. An event loop that stood still is no reason to reject: what
 * arrived meanwhile is read first.
 */
export function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${ms} ms`))
    const timer = setTimeout(() => setImmediate(late), ms)
    answer.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}
