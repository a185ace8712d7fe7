import { DETAIL_FIELDS, type Details, type DetailsFault, readDetails } from '@jotc/core/person'
import { utcDate } from '@jotc/core/person/birth-date'
import { useState } from 'react'
import { serverNow } from '#api/config.ts'
import { dateProblem } from './birth-date.ts'
import { detailsFaultText } from './words/en.ts'

type Errors = Partial<Record<keyof Details, string | undefined>>

const EMPTY: Details = { email: '', firstName: '', lastName: '', birthDate: '' }

/**
 * The details as they are typed, with the error of each: by core's rules once its field was left with something in it,
 * or from the service until its field is changed.
 */
export function useDetails(initial: Details = EMPTY) {
  const [values, setValues] = useState(initial)
  const [judged, setJudged] = useState<ReadonlySet<keyof Details>>(new Set())
  const [refused, setRefused] = useState<Errors>({})
  const [offer, setOffer] = useState<string>()

  const reading = readDetails(values, utcDate(serverNow()))
  const faults = 'faults' in reading ? reading.faults : {}
  const errors: Errors = { ...refused }
  for (const field of judged) {
    const fault = faults[field]
    if (fault) errors[field] = problemText(field, fault, values)
  }

  return {
    values,
    errors,
    /** The email that was probably meant; until the email is changed. */
    offer,
    /** The details to send, when all are valid. */
    read: 'details' in reading ? reading.details : undefined,
    enter(field: keyof Details, value: string) {
      setValues((last) => ({ ...last, [field]: value }))
      setRefused((last) => ({ ...last, [field]: undefined }))
      if (field === 'email') setOffer(undefined)
    },
    leave(field: keyof Details) {
      if (values[field] !== '') setJudged((last) => new Set(last).add(field))
    },
    /** Shows what is wrong with all fields. */
    judge: () => setJudged(new Set(DETAIL_FIELDS)),
    /** Shows the service's errors, and the email that was probably meant. */
    refuse(errors: Errors, didYouMean: string | undefined) {
      setRefused(errors)
      setOffer(didYouMean)
    },
  }
}

function problemText(field: keyof Details, fault: DetailsFault, values: Details): string {
  if (field === 'birthDate' && (fault === 'format' || fault === 'noSuchDay')) {
    return dateProblem(values.birthDate) ?? detailsFaultText(field, fault)
  }
  return detailsFaultText(field, fault)
}
