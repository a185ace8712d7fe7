import type { Reason } from '@jotc/core/reason'
import { format } from '#i18n/format.ts'

const n = format.number

/** Why a jump from this cloud is as long as it is. */
const reasons: Record<Reason, (from: number) => string> = {
  cumulus: (from) => `Cloud ${n(from + 2)} is cumulus, so jump two.`,
  thunderhead: (from) => `Cloud ${n(from + 2)} is a thunderhead, so jump one.`,
  lastCloud: () => 'Only one cloud is left, so jump one.',
  choice: () => 'Jumping one costs nothing here: a later jump covers two instead.',
}

export const t = {
  start: 'The hare starts on cloud 0.',
  jump: (jump: number) => `Jump ${n(jump)}`,
  reasons,
  proof: [
    'A jump covers two clouds at most, so no jump gets you further than two ahead.',
    'Being further ahead never costs a jump. Every route from behind comes past you, and you can follow it from there.',
    'So jump two whenever that cloud is cumulus. If it is a thunderhead, jump one.',
  ],
  language: 'Language of the code',
  code: 'The rule as code, ten lines',
}
