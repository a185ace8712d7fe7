import { type BirthDateFault, readBirthDate } from './birth-date.ts'
import { type EmailFault, LONGEST_EMAIL, readEmail } from './email.ts'
import { LONGEST_NAME, type NameFault, readName } from './name.ts'

/** What a person signs in with. `birthDate` is `YYYY-MM-DD`. */
export type Details = { email: string; firstName: string; lastName: string; birthDate: string }

export type DetailsFault = EmailFault | NameFault | BirthDateFault

type Reading = { value: string } | { fault: DetailsFault }

const READERS: Record<keyof Details, (text: string, today: string) => Reading> = {
  email: readEmail,
  firstName: readName,
  lastName: readName,
  birthDate: readBirthDate,
}

/** The fields in the order in which a form asks for them. */
export const DETAIL_FIELDS = Object.keys(READERS) as (keyof Details)[]

/**
 * Checks all four details by their rules at once; a field that is absent or no text is `missing`.
 *
 * @param today the current date in UTC, `YYYY-MM-DD`
 * @returns the details in the form in which they are stored, or every faulty field with its fault
 */
export function readDetails(
  input: Partial<Record<keyof Details, unknown>>,
  today: string,
): { details: Details } | { faults: Partial<Record<keyof Details, DetailsFault>> } {
  const details: Partial<Details> = {}
  const faults: Partial<Record<keyof Details, DetailsFault>> = {}
  for (const field of DETAIL_FIELDS) {
    const given = input[field]
    const reading = READERS[field](typeof given === 'string' ? given : '', today)
    if ('fault' in reading) faults[field] = reading.fault
    else details[field] = reading.value
  }
  return Object.keys(faults).length === 0 ? { details: details as Details } : { faults }
}

const LABELS: Record<keyof Details, string> = {
  email: 'email address',
  firstName: 'first name',
  lastName: 'last name',
  birthDate: 'birth date',
}

/** The fault of a field as an English sentence that says what to do. */
export function detailsFaultText(field: keyof Details, fault: DetailsFault): string {
  switch (fault) {
    case 'missing':
      return `Enter your ${LABELS[field]}.`
    case 'noAt':
      return 'This address has no @. Write it like mira@example.org.'
    case 'localPart':
      return 'Before the @, use letters A to Z, digits and signs such as - or +. No spaces, no two dots in a row.'
    case 'localPartTooLong':
      return 'The part before the @ is too long. The limit is 64 characters.'
    case 'domain':
      return 'Check the part after the @. It looks like example.org.'
    case 'tooLong':
      return `Your ${LABELS[field]} is too long. The limit is ${field === 'email' ? LONGEST_EMAIL : LONGEST_NAME} characters.`
    case 'unprintable':
      return `Your ${LABELS[field]} contains an invisible character. Type it again.`
    case 'noLetter':
      return `Your ${LABELS[field]} needs at least one letter.`
    case 'format':
      return 'Write the birth date as year, month and day: 1990-12-31.'
    case 'noSuchDay':
      return 'This day does not exist. Check the day and month.'
    case 'tooEarly':
      return 'Enter a year from 1900 on.'
    case 'inFuture':
      return 'This date is in the future. Check the year.'
    case 'tooYoung':
      return 'You must be 18 or older.'
  }
}
