import type { Details } from '@jotc/core/person'
import { LONGEST_EMAIL } from '@jotc/core/person/email'
import { LONGEST_NAME } from '@jotc/core/person/name'
import type { t as en } from '../en/details.ts'
import type { Translation } from '../languages.ts'

/** With its article, where a sentence begins. */
const THE: Record<keyof Details, string> = {
  email: 'Die E-Mail-Adresse',
  firstName: 'Der Vorname',
  lastName: 'Der Nachname',
  birthDate: 'Das Geburtsdatum',
}
const YOUR: Record<keyof Details, string> = {
  email: 'deine E-Mail-Adresse',
  firstName: 'deinen Vornamen',
  lastName: 'deinen Nachnamen',
  birthDate: 'dein Geburtsdatum',
}

export const t: Translation<typeof en> = {
  fault(field, fault) {
    switch (fault) {
      case 'missing':
        return `Gib ${YOUR[field]} ein.`
      case 'noAt':
        return 'Eine E-Mail-Adresse hat ein @ zwischen Name und Domain.'
      case 'localPart':
        return 'Vor dem @ stehen Buchstaben von A bis Z, Ziffern und Zeichen, dazwischen höchstens einzelne Punkte.'
      case 'localPartTooLong':
        return 'Vor dem @ stehen mehr als 64 Zeichen.'
      case 'domain':
        return 'Nach dem @ steht keine Domain, wie zum Beispiel example.org.'
      case 'tooLong':
        return `${THE[field]} hat mehr als ${field === 'email' ? LONGEST_EMAIL : LONGEST_NAME} Zeichen.`
      case 'unprintable':
        return `${THE[field]} hat ein Zeichen, das sich nicht zeigen lässt.`
      case 'noLetter':
        return `${THE[field]} braucht mindestens einen Buchstaben.`
      case 'format':
        return 'Schreib das Geburtsdatum als Jahr, Monat und Tag: 1990-12-31.'
      case 'noSuchDay':
        return 'Diesen Tag gibt es nicht. Prüfe Tag und Monat.'
      case 'tooEarly':
        return 'Das Geburtsdatum muss 1900 oder später sein.'
      case 'inFuture':
        return 'Das Geburtsdatum liegt in der Zukunft.'
      case 'tooYoung':
        return 'Du musst mindestens 18 sein.'
    }
  },
}
