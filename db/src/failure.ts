/** An error in one line for a person, without stack or password (errors of connections only name host and port). */
export function failureText(error: unknown): string {
  // A host with several addresses fails with one error for each address and no message.
  if (error instanceof AggregateError && error.errors.length > 0) return failureText(error.errors[0])
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s*\n\s*/g, ' ').trim()
}
