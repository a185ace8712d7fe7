import { type BirthDateFault, readBirthDate } from './birth-date.ts'
import { type EmailFault, LONGEST_EMAIL, readEmail } from './email.ts'
import { LONGEST_NAME, type NameFault, readName } from './name.ts'

/** What a person signs in with. `birthDate` is `YYYY-MM-DD`. */
export type Details = { email: string; firstName: string; lastName: string; birthDate: string }

export type DetailsFault = EmailFault | NameFault | BirthDateFault

type Reading = { value: string } | { fault: DetailsFault }

/** What the rules depend on: the current date in UTC, `YYYY-MM-DD`, and the least age in whole years. */
export type AgeRule = { today: string; minimumAge: number }

const READERS: Record<keyof Details, (text: string, rule: AgeRule) => Reading> = {
  email: readEmail,
  firstName: readName,
  lastName: readName,
  birthDate: (text, { today, minimumAge }) => readBirthDate(text, today, minimumAge),
}

/** The fields in the order in which a form asks for them. */
export const DETAIL_FIELDS = Object.keys(READERS) as (keyof Details)[]

/**
 * Checks these details by their rules at once; a field that is absent or no text is `missing`.
 *
 * @returns the details in the form in which they are stored, or every faulty field with its fault
 */
export function readDetails<Field extends keyof Details>(
  input: Partial<Record<Field, unknown>>,
  fields: readonly Field[],
  rule: AgeRule,
): { details: Pick<Details, Field> } | { faults: Partial<Record<Field, DetailsFault>> } {
  const details: Partial<Record<Field, string>> = {}
  const faults: Partial<Record<Field, DetailsFault>> = {}
  for (const field of fields) {
    const given = input[field]
    const reading = READERS[field](typeof given === 'string' ? given : '', rule)
    if ('fault' in reading) faults[field] = reading.fault
    else details[field] = reading.value
  }
  return Object.keys(faults).length === 0 ? { details: details as Pick<Details, Field> } : { faults }
}

/** A sentence for every fault that a field can have. */
export type DetailsSentences = {
  email: Record<EmailFault, string>
  firstName: Record<NameFault, string>
  lastName: Record<NameFault, string>
  birthDate: Record<Exclude<BirthDateFault, 'tooYoung'>, string> & { tooYoung: (minimumAge: number) => string }
}

const SENTENCES: DetailsSentences = {
  email: {
    missing: 'Enter your email address.',
    noAt: 'This address has no @. Write it like mira@example.org.',
    localPart: 'Before the @, use letters A to Z, digits and signs such as - or +. No spaces, no two dots in a row.',
    localPartTooLong: 'The part before the @ is too long. The limit is 64 characters.',
    domain: 'Check the part after the @. It looks like example.org.',
    tooLong: `Your email address is too long. The limit is ${LONGEST_EMAIL} characters.`,
  },
  firstName: {
    missing: 'Enter your first name.',
    tooLong: `Your first name is too long. The limit is ${LONGEST_NAME} characters.`,
    noLetter: 'Your first name needs at least one letter.',
    unprintable: 'Your first name contains an invisible character. Type it again.',
    marks: 'The accents in your first name do not fit its letters. Type it again.',
  },
  lastName: {
    missing: 'Enter your last name.',
    tooLong: `Your last name is too long. The limit is ${LONGEST_NAME} characters.`,
    noLetter: 'Your last name needs at least one letter.',
    unprintable: 'Your last name contains an invisible character. Type it again.',
    marks: 'The accents in your last name do not fit its letters. Type it again.',
  },
  birthDate: {
    missing: 'Enter your birth date.',
    format: 'Write the birth date as year, month and day: 1990-12-31.',
    noSuchDay: 'This day does not exist. Check the day and month.',
    tooEarly: 'Enter a year from 1900 on.',
    inFuture: 'This date is in the future. Check the year.',
    tooYoung: (age) => `You must be ${age} or older.`,
  },
}

/** The fault of a field as an English sentence that says what to do. @param fault one that this field can have */
export function detailsFaultText(field: keyof Details, fault: DetailsFault, minimumAge: number): string {
  return sentenceOf(SENTENCES, field, fault, minimumAge)
}

/** The same from the sentences of any language. */
export function sentenceOf(
  sentences: DetailsSentences,
  field: keyof Details,
  fault: DetailsFault,
  minimumAge: number,
): string {
  const sentence = (sentences[field] as Record<DetailsFault, string | ((minimumAge: number) => string)>)[fault]
  return typeof sentence === 'function' ? sentence(minimumAge) : sentence
}
