import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number

export const t: Translation<typeof en> = {
  heading: 'Wie wenige Sprünge brauchst du?',
  soFar: (jumps) => (jumps === 1 ? '{number} Sprung bisher' : '{number} Sprünge bisher'),
  total: (jumps) => (jumps === 1 ? '{number} Sprung' : '{number} Sprünge'),
  tap: 'Tippe auf eine Wolke: eins oder zwei weiter.',
  choose: 'Wähle eine Wolke: eins oder zwei weiter.',
  on: (cloud) => `Du stehst auf Wolke ${n(cloud)}.`,
  backwards: 'Es geht nur vorwärts. Nimm einen Sprung zurück und versuch einen anderen Weg.',
  tooFar: 'Zu weit. Höchstens zwei weiter.',
  thunderhead: 'Das ist eine Gewitterwolke. Spring darüber.',
  blocked: 'Vor dir sind zwei Gewitterwolken: Hier kommt niemand vorbei. Dieses Brett hat keinen Weg.',
  best: 'Du bist drüben. Mit weniger schafft es niemand.',
  slower: (fewest) => `Du bist drüben. ${fewest === 1 ? 'Einer reicht.' : `${n(fewest)} reichen.`}`,
  takeBack: 'Zurücknehmen',
  again: 'Von vorn',
  showAnswer: 'Antwort zeigen',
}
