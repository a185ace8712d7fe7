import type { IncomingHttpHeaders } from 'node:http'
import { isLanguage, type Language } from '../src/i18n/languages.ts'

/** What a page depends on beside its address. */
export const VARIES_BY = 'cookie, accept-language'

/**
 * The language that a page is sent in: the one that the person chose (src/frame/Settings.tsx), else the one of ours that
 * their browser likes best. Qualities are read to their first decimal, and within that the first one counts: the
 * regular expressions of the Caddyfile, which must say the same, read no further.
 */
export function languageFor(headers: Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>): Language {
  const chosen = /(?:^|;\s*)language=(\w+)/.exec(headers.cookie ?? '')?.[1]
  if (isLanguage(chosen)) return chosen
  const accepted = (headers['accept-language'] ?? '').split(',').flatMap((range) => {
    const [, name = '', quality = '1'] = RANGE.exec(range.toLowerCase()) ?? []
    return isLanguage(name) && Number(quality) > 0 ? [{ name, quality: Number(quality.slice(0, 3)) }] : []
  })
  return accepted.toSorted((a, b) => b.quality - a.quality)[0]?.name ?? 'en'
}

/** A language, perhaps of a country, with how much it is liked, from 0 to 1: ` de-AT;q=0.9`. */
const RANGE = /^\s*([a-z]+)(?:[-\s][^;]*)?(?:;\s*q=([01](?:\.\d*)?)\s*)?$/

/** The file of `dist/` that is the page in this language. */
export function pageOf(language: Language): string {
  return language === 'en' ? 'index.html' : `index.${language}.html`
}
