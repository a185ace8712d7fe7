/** The languages that the app is built in, each by its own name. The first is for who speaks none of them. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' }

export type Language = keyof typeof LANGUAGES
