import type { Language } from '../src/i18n/languages.ts'

type Case = [language: Language, accepted: string | undefined, cookie?: string]

/** Whose page is in which language, for the tests of both servers. */
export const LANGUAGE_CASES: readonly Case[] = [
  ['en', undefined],
  ['en', ''],
  ['en', 'fr'],
  ['de', 'de'],
  ['de', 'de-AT,de;q=0.9,en;q=0.8'],
  ['en', 'en-GB,en;q=0.9,de;q=0.8'],
  ['de', 'fr-FR, fr;q=0.9, de;q=0.2'],
  ['de', 'DE-at'],
  ['en', 'deu, deutsch'],
  // What somebody likes better counts more, wherever it stands.
  ['de', 'en;q=0.5,de'],
  ['de', 'en;q=0.8, fr, de;q=0.9'],
  ['de', 'en ; q=0.1 , de ; q=0.25'],
  ['en', 'de;q=0.1,en;q=1.0'],
  ['de', 'en;q=0.09,de;q=0.1'],
  ['de', 'de;q=0.001'],
  ['de', 'de;q=0.85,en;q=0.8'],
  // What somebody does not want is not sent.
  ['en', 'de;q=0'],
  ['en', 'de;q=0.000, fr'],
  ['de', 'en;q=0,de;q=0.1'],
  ['en', 'de;q=0, *'],
  ['de', 'de-AT;q=0, de'],
  // What is no language is passed over.
  ['de', 'en;q=x, de;q=0.3'],
  ['de', ';;,=,de;q=0.5'],
  // Whoever has chosen gets what they chose.
  ['de', 'en-GB', 'a=b; language=de'],
  ['en', 'de', 'language=en'],
  ['de', 'de', 'language=toString'],
]
