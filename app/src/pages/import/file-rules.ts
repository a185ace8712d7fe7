import { t } from '#words/import'
import { format } from '../../kit/format.ts'

const MEGABYTE = 1024 * 1024
const LARGEST = 50 * MEGABYTE

/** Why a file is not read at all. */
export function refusalOf({ size }: Pick<File, 'size'>): string | undefined {
  if (size === 0) return t.empty
  return size > LARGEST ? t.tooLarge(format.number(Math.ceil(size / MEGABYTE))) : undefined
}
