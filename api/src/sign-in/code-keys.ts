import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto'

export type CodeKeys = {
  /** 32 bytes that tell nothing of the code to whoever has no secret. `id` is the code's row: no two hashes are alike. */
  hash(id: string, code: string): Buffer
  matches(hash: Buffer, id: string, code: string): boolean
}

/**
 * Hashes of codes, keyed by the secrets of the tokens: six digits alone would be found by trying them all. The newest
 * secret makes hashes and each of them checks, so that secrets can change while a code is on its way.
 */
export function codeKeys(secrets: readonly string[]): CodeKeys {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'jotc sign-in code', 32)))
  const hashBy = (key: Buffer, id: string, code: string) => createHmac('sha256', key).update(`${id}:${code}`).digest()
  return {
    hash: (id, code) => hashBy(keys[0] as Buffer, id, code),
    matches: (hash, id, code) => keys.some((key) => timingSafeEqual(hashBy(key, id, code), hash)),
  }
}

/** Six random digits. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}
