import type { t as en } from '../en/not-found.ts'
import type { Translation } from '../languages.ts'

export const t: Translation<typeof en> = {
  title: 'Hier ist keine Wolke',
  detail: 'Unter dieser Adresse gibt es nichts. Vielleicht ist der Link alt, oder ein Buchstabe fehlt.',
  toBoard: 'Zurück zum Brett',
  toSubmissions: 'Einsendungen',
}
