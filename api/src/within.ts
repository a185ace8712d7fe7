/**
 * Rejects when `answer` takes longer than `ms`. After a blocked event loop, answers that have arrived are read first.
 */
export function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${ms} ms`))
    const timer = setTimeout(() => setImmediate(late), ms)
    answer.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}
