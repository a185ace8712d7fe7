import type { Board } from '@jotc/core/board'
import { t } from '#words/board'
import { toast } from '../../kit/toast.tsx'
import { hashOf } from './address.ts'
import { writeAddress } from './useAddress.ts'

/** Copies the link to a board and says so; where the browser does not allow it, says where else the link is. */
export async function shareLink(board: Board): Promise<void> {
  writeAddress(board)
  const link = new URL(hashOf(board), location.href).href
  try {
    await navigator.clipboard.writeText(link)
    toast.success({ title: t.edit.copied, detail: t.edit.copiedDetail })
  } catch {
    // No clipboard on pages without HTTPS, or the person said no: both are theirs to know, not to fix here.
    toast.warning({ title: t.edit.notCopied, detail: t.edit.notCopiedDetail })
  }
}
