import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { PROBLEM_TYPES, type ProblemType } from '@jotc/core/api/problem'
import type { EntryFault, FileFault } from '@jotc/core/board-file/faults'
import type { Details, DetailsFault } from '@jotc/core/person'
import { t as germanProblems } from '../api/words/de.ts'
import { entryFaultText as germanEntry, fileFaultText as germanFile } from '../import/words/de.ts'
import { entryFaultText as englishEntry, fileFaultText as englishFile } from '../import/words/en.ts'
import { detailsFaultText as germanDetail } from '../sign-in/words/de.ts'
import { detailsFaultText as englishDetail } from '../sign-in/words/en.ts'
import { LANGUAGES, type Language } from './languages.ts'

const { en: _, ...OTHERS } = LANGUAGES
const SRC = join(import.meta.dirname, '..')

/** The folders that have words of their own in a language. */
const foldersWith = (language: string) =>
  globSync(`**/words/${language}.ts`, { cwd: SRC })
    .map((file) => dirname(dirname(file)))
    .sort()

/** Rightly the same in both. */
const SAME = new Set([
  'account browser Browser',
  'account name Name',
  'account passkeys Passkeys',
  'account roles.admin Admin',
  'board player.pause Pause',
  'board/tools take.array Array',
  'board/tools take.hackerRank HackerRank',
  'board/tools take.text Text',
  'i18n direction ltr',
  'board/tools worksheet.name Name',
  'i18n import Import',
  'i18n system System',
  'i18n version of 1 Version 1',
  'i18n version of 2 Version 2',
  'people columns.name Name',
  'people roles.admin Admin',
  'sign-in step.code Code',
  'sign-in step.passkey Passkey',
])

test('every language has the same sentences: none empty or left in English, all with the same places to be filled', async () => {
  const places = (text: string | undefined) => text?.match(/\{\w+\}/g)?.toSorted() ?? []
  const sentences = await sentencesOf('en')
  for (const language of Object.keys(OTHERS)) {
    assert.deepEqual(foldersWith(language), foldersWith('en'))
    const translated = await sentencesOf(language)
    assert.deepEqual([...translated.keys()], [...sentences.keys()])
    const untranslated = [...translated].filter(([name, text]) => isLeft(name, text, sentences.get(name) ?? ''))
    assert.deepEqual(untranslated, [])
    for (const [name, text] of translated) assert.deepEqual(places(text), places(sentences.get(name)), name)
  }
})

test('every sentence is set as its language sets it', async () => {
  for (const language of Object.keys(LANGUAGES)) {
    const wrong = [...(await sentencesOf(language))].filter(([, text]) => UNSET[language as Language].test(text))
    assert.deepEqual(wrong, [])
  }
})

/** Straight quotes, three dots, exclamation marks; a dash, a unit or dots that a line end could part. */
const UNSET: Record<Language, RegExp> = {
  en: /["'!„]|\.\.\.|\d (?:MB|%)|\s…/,
  de: /["'!”]|\.\.\.|\d (?:MB)|\d ?%|(?<!\u00a0)…/,
}

const NAME_FAULTS = ['missing', 'tooLong', 'noLetter', 'unprintable', 'marks'] as const
const DETAILS_FAULTS: Record<keyof Details, readonly DetailsFault[]> = {
  email: ['missing', 'noAt', 'localPart', 'localPartTooLong', 'domain', 'tooLong'],
  firstName: NAME_FAULTS,
  lastName: NAME_FAULTS,
  birthDate: ['missing', 'format', 'noSuchDay', 'tooEarly', 'inFuture', 'tooYoung'],
}
const ENTRY_FAULTS: readonly EntryFault[] = [
  { code: 'notABoard' },
  { code: 'empty' },
  { code: 'notACloud', index: 1, offset: 1, found: '2' },
  { code: 'notACloud', index: 1, offset: 1, found: '\u200b' },
  { code: 'firstNotSafe' },
  { code: 'lastNotSafe' },
  { code: 'tooLong', size: 10_001, limit: 10_000 },
  { code: 'countDiffers', stated: 1, found: 2 },
  { code: 'emptyCell', index: 1 },
  { code: 'lineBreak' },
  { code: 'lineTooLong' },
  { code: 'notJson' },
]
const FILE_FAULTS: readonly FileFault[] = [
  { code: 'foreignFormat', format: 'Excel' },
  { code: 'foreignFormat', format: 'ZIP' },
  { code: 'foreignEncoding', encoding: 'UTF-16 without a byte order mark' },
  { code: 'foreignEncoding', encoding: 'UTF-32' },
  { code: 'notUtf8', line: 1200 },
  { code: 'noCloudsColumn', line: 1 },
  { code: 'openQuote', line: 1 },
  { code: 'brokenJson', line: 1, column: 2 },
  { code: 'singleClouds', line: 1 },
  { code: 'fileTooLarge', line: 1 },
]

test('whatever is wrong with a detail, a board or a file is said in each language', () => {
  for (const [german, english] of [
    ...Object.entries(DETAILS_FAULTS).flatMap(([field, faults]) =>
      faults.map((fault) => [germanDetail, englishDetail].map((say) => say(field as keyof Details, fault, 18))),
    ),
    ...ENTRY_FAULTS.map((fault) => [germanEntry(fault), englishEntry(fault)]),
    ...FILE_FAULTS.map((fault) => [germanFile(fault), englishFile(fault)]),
  ]) {
    assert.match(german ?? '', /^\p{Lu}.*\.$/u)
    assert.notEqual(german, english)
  }
})

test('no problem of the service is said in English on the German page', () => {
  for (const type of Object.keys(PROBLEM_TYPES) as ProblemType[]) {
    for (const seconds of [undefined, 1, 30, 3000]) {
      assert.match(germanProblems.said(type, 'What the service says.', seconds), /^\p{Lu}.*\.$/u)
      assert.doesNotMatch(germanProblems.said(type, 'What the service says.', seconds), /service|undefined/)
    }
  }
})

test('no component has a sentence of its own', () => {
  const own =
    /(?<!=)>\s*\p{Lu}\p{Ll}+[^<{}]*<|(?:aria-label|title|placeholder|alt|label|heading|detail|hint)="[^"]*\p{L}/u
  assert.match('<Note title="Not saved">', own)
  assert.match('<b>Not saved</b>', own)
  const found = globSync('**/*.tsx', { cwd: SRC }).filter((file) => own.test(readFileSync(join(SRC, file), 'utf8')))
  assert.deepEqual(found, [])
})

/** All texts of a language by folder and name; those that are made of values, of 1 and of 2. */
async function sentencesOf(language: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const folder of foldersWith(language)) {
    const { t, HTML_WORDS } = await import(join(SRC, folder, `words/${language}.ts`))
    gather({ ...t, ...HTML_WORDS }, folder, found)
  }
  return found
}

function gather(words: unknown, name: string, found: Map<string, string>): void {
  if (typeof words === 'string') found.set(name, words)
  else if (typeof words === 'function') {
    found.set(`${name} of 1`, `${words(1, 1, 1, 1, 1)}`)
    found.set(`${name} of 2`, `${words(2, 2, 2, 2, 2)}`)
  } else {
    for (const [key, value] of Object.entries(words as object))
      gather(value, name.includes(' ') ? `${name}.${key}` : `${name} ${key}`, found)
  }
}

/** Signs and names of formats are no language. */
function isLeft(name: string, text: string, english: string): boolean {
  if (text === '') return english !== ''
  return text === english && !/ said of /.test(name) && /\p{Ll}{2}/u.test(text) && !SAME.has(`${name} ${text}`)
}
