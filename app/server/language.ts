import type { IncomingHttpHeaders } from 'node:http'
import { isLanguage, type Language } from '../src/i18n/languages.ts'

/** What a page depends on beside its address. */
export const VARIES_BY = 'cookie, accept-language'

/**
 * The language that a page is sent in: the one that the person chose (src/frame/Footer.tsx), else the first of ours
 * that their browser names, for browsers name them by preference.
 */
export function languageFor(headers: Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>): Language {
  const chosen = /(?:^|;\s*)language=(\w+)/.exec(headers.cookie ?? '')?.[1]
  const accepted = (headers['accept-language'] ?? '').toLowerCase().match(/(?<=^|,\s*)[a-z]+/g) ?? []
  return [chosen, ...accepted].find(isLanguage) ?? 'en'
}

/** The file of `dist/` that is the page in this language. */
export function pageOf(language: Language): string {
  return language === 'en' ? 'index.html' : `index.${language}.html`
}
