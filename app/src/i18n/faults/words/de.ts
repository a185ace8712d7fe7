import { type BoardFault, invisibleCodePoint } from '@jotc/core/board'
import { format } from '#i18n/format.ts'

const n = format.number

/** What is wrong with a board that was typed, pasted or read from a file. */
export function boardFaultText(fault: BoardFault): string {
  switch (fault.code) {
    case 'notABoard':
      return 'Schreib die Wolken als Liste aus 0 und 1 oder als Text.'
    case 'empty':
      return 'Ein Brett hat mindestens eine Wolke.'
    case 'notACloud': {
      const position = `An Position ${n(fault.index + 1)} steht`
      const codePoint = invisibleCodePoint(fault.found)
      return codePoint
        ? `${position} ein unsichtbares Zeichen: ${named(codePoint)}. Lösche es.`
        : `${position} „${fault.found}“. Erlaubt sind nur 0 und 1.`
    }
    case 'firstNotSafe':
      return 'Die erste Wolke ist eine Gewitterwolke. Beide Enden müssen 0 sein.'
    case 'lastNotSafe':
      return 'Die letzte Wolke ist eine Gewitterwolke. Beide Enden müssen 0 sein.'
    case 'tooLong':
      return `Dieses Brett hat ${n(fault.size)} Wolken. Höchstens ${n(fault.limit)} sind möglich.`
    case 'countDiffers': {
      const stated = `${n(fault.stated)} ${fault.stated === 1 ? 'Wolke' : 'Wolken'}`
      return `In der ersten Zeile steht ${stated}, das Brett hat aber ${n(fault.found)}.`
    }
  }
}

/** Those that programs leave in files. */
const INVISIBLE_NAMES: Record<string, string> = {
  'U+0000': 'NUL',
  'U+200B': 'Leerzeichen ohne Breite',
  'U+FEFF': 'Byte Order Mark',
}

function named(codePoint: string): string {
  const name = INVISIBLE_NAMES[codePoint]
  return name ? `${codePoint} (${name})` : codePoint
}
