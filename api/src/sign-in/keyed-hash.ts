import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/**
 * HMAC-SHA256 with keys derived from the secrets of the tokens (HKDF). Whoever reads the database or a cookie can
 * neither forge a hash nor find short texts, such as codes, by trying them all.
 *
 * @param secrets newest first: that one makes hashes, and each of them verifies
 * @param purpose keeps the hashes of different uses apart
 */
export function keyedHash(secrets: readonly string[], purpose: string) {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)))
  const hashes = (text: string) => keys.map((key) => createHmac('sha256', key).update(text).digest())
  return {
    hash: (text: string) => hashes(text)[0] as Buffer,
    /** In constant time. */
    matches: (hash: Buffer, text: string) =>
      hashes(text).some((own) => own.length === hash.length && timingSafeEqual(own, hash)),
  }
}
