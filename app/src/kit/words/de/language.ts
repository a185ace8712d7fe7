export const LANGUAGE = 'de'

export const FALLBACK_LOCALE = 'de'
