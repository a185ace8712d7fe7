import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const jumps = (count: number) => `${n(count)} ${count === 1 ? 'Sprung' : 'Sprüngen'}`

export const t: Translation<typeof en> = {
  heading: 'Dein eigener Weg vom Anfang bis zum Ende',
  total: n,
  jumps: (count) => (count === 1 ? 'Sprung' : 'Sprünge'),
  hint: 'Du stehst auf Wolke 0. Wähle die Wolke, auf die du springst: die nächste oder die danach.',
  on: (cloud) => `Du stehst auf Wolke ${n(cloud)}.`,
  backwards: 'Sprünge gehen nur vorwärts. Nimm Sprünge zurück, um einen anderen Weg zu versuchen.',
  tooFar: (cloud) => `Zu weit. Von Wolke ${n(cloud)} reicht ein Sprung bis zur nächsten oder zu der danach.`,
  thunderhead: (cloud) => `Wolke ${n(cloud)} ist eine Gewitterwolke. Spring darüber.`,
  blocked:
    'Vor dir stehen zwei Gewitterwolken. Niemand kommt daran vorbei: Dieses Brett hat keinen Weg, und weiter als bis hierher geht es nicht.',
  best: (count) => `Du bist in ${jumps(count)} da. Mit weniger schafft es niemand.`,
  slower: (count, total) => `Du bist in ${jumps(count)} da. Es geht in ${n(total)}.`,
  takeBack: 'Zurücknehmen',
  again: 'Von vorn',
  showAnswer: 'Antwort zeigen',
}
