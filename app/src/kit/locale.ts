import { FALLBACK_LOCALE, LANGUAGE } from '#words/language'

/** The page's language in the variety that the person's browser asks for (de-AT): how dates and numbers are written. */
export const LOCALE = navigator.languages.find((tag) => new Intl.Locale(tag).language === LANGUAGE) ?? FALLBACK_LOCALE
