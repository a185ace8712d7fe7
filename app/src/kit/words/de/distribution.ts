import type { t as en } from '../en/distribution.ts'
import type { Translation } from '../translation.ts'

export const t: Translation<typeof en> = {
  sizes: 'Wolken je Brett',
  upTo: (size) => `≤ ${size}`,
  ofSpan: (from, to, solvable, blocked) => `${from} bis ${to} Wolken: ${solvable} lösbar, ${blocked} blockiert`,
  summary: (title, from, to, count) => `${title}. Die meisten Bretter haben ${from} bis ${to} Wolken: ${count}.`,
  topAccounts: 'Die meisten Einsendungen',
  narrowTo: (email) => `${email}: Einsendungen zeigen`,
}
