/**
 * What went wrong, in one line fit for a person: never a stack, never a password (a failed connection's error
 * names host and port only).
 */
export function failureText(error: unknown): string {
  // A host with several addresses fails with one error for each, and no message of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return failureText(error.errors[0])
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s*\n\s*/g, ' ').trim()
}
