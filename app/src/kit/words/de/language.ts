import type { t as en } from '../en/language.ts'
import type { Translation } from '../languages.ts'

export const LANGUAGE = 'de'

export const FALLBACK_LOCALE = 'de'

export const t: Translation<typeof en> = {
  direction: 'ltr',
  description:
    'Zeichne eine Reihe von Wolken und sieh die wenigsten Sprünge von der ersten zur letzten, vorbei an jedem Gewitter.',
  noScript: 'Jumping On The Clouds braucht JavaScript: Es löst die Bretter in deinem Browser.',
}
