import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number

export const t: Translation<typeof en> = {
  start: 'Der Hase startet auf Wolke 0.',
  jump: (jump) => `Sprung ${n(jump)}`,
  reasons: {
    cumulus: (from) => `Wolke ${n(from + 2)} ist eine Quellwolke, also zwei weiter.`,
    thunderhead: (from) => `Wolke ${n(from + 2)} ist eine Gewitterwolke, also eins weiter.`,
    lastCloud: () => 'Es bleibt nur eine Wolke, also eins weiter.',
    choice: () => 'Eins weiter kostet hier nichts: Dafür geht ein späterer Sprung zwei weiter.',
  },
  proof: [
    'Ein Sprung reicht höchstens zwei Wolken weit. Weiter kommt mit einem Sprung niemand.',
    'Weiter vorn zu sein kostet nie einen Sprung. Jeder Weg von hinten kommt an dir vorbei, und du kannst ihm von dort folgen.',
    'Spring also zwei weiter, wenn dort eine Quellwolke ist. Ist es eine Gewitterwolke, spring eins weiter.',
  ],
  language: 'Sprache des Codes',
  code: 'Die Regel als Code, zehn Zeilen',
}
