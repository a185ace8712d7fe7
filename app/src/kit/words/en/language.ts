/** As browsers name it. */
export const LANGUAGE = 'en'

/** For who speaks it beside others: English as it is written anywhere, days before months. */
export const FALLBACK_LOCALE = 'en-001'
