import { DETAIL_FIELDS, type Details, type DetailsFault, readDetails } from '@jotc/core/person'
import { utcDate } from '@jotc/core/person/birth-date'
import { useState } from 'react'
import { serverNow } from '#api/config.ts'
import { dateProblem } from './birth-date.ts'
import { detailsFaultText } from './words/en.ts'

type Errors = Partial<Record<keyof Details, string | undefined>>

/**
 * The details as they are typed, with the error of each: by core's rules once its field was left with something in it,
 * or from the service until its field is changed.
 */
export function useDetails(email: string, minimumAge: number) {
  const [values, setValues] = useState<Details>({ email, firstName: '', lastName: '', birthDate: '' })
  const [judged, setJudged] = useState<ReadonlySet<keyof Details>>(new Set())
  const [refused, setRefused] = useState<Errors>({})
  const [offer, setOffer] = useState<string>()

  const rule = { today: utcDate(serverNow()), minimumAge }
  const reading = readDetails(values, DETAIL_FIELDS, rule)
  const faults = 'faults' in reading ? reading.faults : {}
  const errors: Errors = { ...refused }
  for (const field of judged) {
    const fault = faults[field]
    if (fault) errors[field] = problemText(field, fault, values, minimumAge)
  }

  return {
    values,
    errors,
    /** The email that was probably meant; until the email is changed. */
    offer,
    minimumAge,
    /** These details as they are sent, when all of them are in order. */
    read<Field extends keyof Details>(fields: readonly Field[]): Pick<Details, Field> | undefined {
      const reading = readDetails(values, fields, rule)
      return 'details' in reading ? reading.details : undefined
    },
    enter(field: keyof Details, value: string) {
      setValues((last) => ({ ...last, [field]: value }))
      setRefused((last) => ({ ...last, [field]: undefined }))
      if (field === 'email') setOffer(undefined)
    },
    leave(field: keyof Details) {
      if (values[field] !== '') setJudged((last) => new Set(last).add(field))
    },
    /** Shows what is wrong with these fields. */
    judge: (fields: readonly (keyof Details)[]) => setJudged(new Set(fields)),
    /** Shows what the service found wrong, and the email that it takes to be meant. */
    refuse(errors: Errors, didYouMean: string | undefined) {
      setRefused(errors)
      setOffer(didYouMean)
    },
  }
}

function problemText(field: keyof Details, fault: DetailsFault, values: Details, minimumAge: number): string {
  if (field === 'birthDate' && (fault === 'format' || fault === 'noSuchDay')) {
    return dateProblem(values.birthDate) ?? detailsFaultText(field, fault, minimumAge)
  }
  return detailsFaultText(field, fault, minimumAge)
}
