import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

export const t: Translation<typeof en> = {
  title: 'Hier ist keine Wolke',
  detail: 'Unter dieser Adresse gibt es nichts. Vielleicht ist der Link alt, oder ein Buchstabe fehlt.',
}
