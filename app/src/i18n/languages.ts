/** The languages that the app is built in, each by its own name. The first is for people who speak none of them. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' }

export type Language = keyof typeof LANGUAGES

export function isLanguage(text: string | undefined): text is Language {
  return text !== undefined && Object.hasOwn(LANGUAGES, text)
}

/** The same words in another language: every name, with a text or a function of the same arguments. */
export type Translation<Words> = Words extends string
  ? string
  : Words extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { [Name in keyof Words]: Translation<Words[Name]> }
