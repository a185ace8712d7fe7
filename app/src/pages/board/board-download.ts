import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import { saveFile } from '../../kit/save-file.ts'
import { boardPicture, INK, PAPER, toSvg } from './board-picture.ts'

/** Pixels a unit, at most; browsers refuse canvases beyond some 16,000 pixels a side. */
const SHARPEST = 2
const LONGEST_SIDE = 16_000

export function downloadSvg(board: Board, solution: Solution): void {
  saveFile(new Blob([toSvg(boardPicture(board, solution))], { type: 'image/svg+xml' }), `board-${board.length}.svg`)
}

/** Drawn on a canvas, which needs no image from elsewhere and so no exception in the security policy. */
export async function downloadPng(board: Board, solution: Solution): Promise<void> {
  const { width, height, shapes, labels } = boardPicture(board, solution)
  const scale = Math.min(SHARPEST, LONGEST_SIDE / height)
  const canvas = new OffscreenCanvas(width * scale, height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(scale, scale)
  pen.fillStyle = PAPER
  pen.fillRect(0, 0, width, height)
  pen.lineJoin = 'round'
  for (const { d, x, y, fill, stroke, width: line = 0 } of shapes) {
    pen.save()
    pen.translate(x, y)
    const path = new Path2D(d)
    if (fill) {
      pen.fillStyle = fill
      pen.fill(path)
    }
    if (stroke) {
      pen.strokeStyle = stroke
      pen.lineWidth = line
      pen.stroke(path)
    }
    pen.restore()
  }
  pen.fillStyle = INK
  pen.font = '12px ui-monospace, monospace'
  pen.textAlign = 'center'
  for (const { text, x, y } of labels) pen.fillText(text, x, y)
  saveFile(await canvas.convertToBlob({ type: 'image/png' }), `board-${board.length}.png`)
}
