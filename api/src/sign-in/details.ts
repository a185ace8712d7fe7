import { DETAIL_FIELDS, type Details, detailsFaultText, readDetails } from '@jotc/core/person'
import { utcDate } from '@jotc/core/person/birth-date'
import { readsBody } from '../http/input.ts'

/** The body of a sign-in by the rules of `core`, whose form checks by the same. */
export const readsDetails = readsBody<Details>(DETAIL_FIELDS, (body) => {
  const reading = readDetails(body, utcDate(Date.now()))
  if ('details' in reading) return { value: reading.details }
  const faulty = DETAIL_FIELDS.flatMap((field) => {
    const fault = reading.faults[field]
    return fault === undefined ? [] : [{ field, message: detailsFaultText(field, fault), code: fault }]
  })
  return { errors: faulty }
})

/** Whether a known account is signed into with its own details. Names may differ in case, not in letters. */
export function isSamePerson(account: Omit<Details, 'email'>, details: Details): boolean {
  return (
    isSameName(account.firstName, details.firstName) &&
    isSameName(account.lastName, details.lastName) &&
    account.birthDate === details.birthDate
  )
}

function isSameName(name: string, other: string): boolean {
  return name === other || folded(name) === folded(other)
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC')
}
