/**
 * A new `Idempotency-Key`: a UUID of version 7 (RFC 9562), whose leading time keeps new rows together in the indexes.
 * `crypto.randomUUID` makes only version 4, and only on pages with HTTPS.
 */
export function newIdempotencyKey(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  bytes[0] = 0x70 | ((bytes[0] as number) & 0x0f)
  bytes[2] = 0x80 | ((bytes[2] as number) & 0x3f)
  const digits = time + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
