import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import { BOLT, CUMULUS, RING, THUNDERHEAD } from '#sky/Cloud.tsx'
import { saveFile } from '#ui/browser/files.ts'

/** A shape of the picture: path data in units of its own, moved to its place. Colours are those of the light theme. */
type Shape = { d: string; x: number; y: number; fill?: string; stroke?: string; width?: number }
/** A number below a cloud. */
type Label = { text: string; x: number; y: number }
type Picture = { width: number; height: number; shapes: Shape[]; labels: Label[] }

export const LARGEST_PICTURE = 2000

const TILE = 64
const HEAD = 30
const ROW = TILE + HEAD + 18
const MARGIN = 16
const COLUMNS = 20
const PAPER = '#fbfcfd'
const INK = '#46586f'
const GO = '#c8470f'

/** A board with its route, in rows like text, as shapes that any drawing surface takes. */
function boardPicture(board: Board, { route, solvable, blockedAt }: Solution): Picture {
  const columns = Math.min(COLUMNS, board.length)
  const place = (cloud: number) => ({
    x: MARGIN + (cloud % columns) * TILE,
    y: MARGIN + HEAD + Math.floor(cloud / columns) * ROW,
  })
  const visited = new Set(solvable ? route : [])
  const shapes: Shape[] = []
  const labels: Label[] = []
  for (const [cloud, state] of Array.from(board).entries()) {
    const { x, y } = place(cloud)
    const at = { x: x + 8, y }
    labels.push({ text: String(cloud), x: x + TILE / 2, y: y + 60 })
    if (state === '0') {
      shapes.push({ d: CUMULUS, ...at, fill: '#ffffff', stroke: '#5c7993', width: 1.75 })
      shapes.push({ d: RING, ...at, stroke: visited.has(cloud) ? GO : '#5c7993', width: 2.25 })
    } else {
      const isBlocking = blockedAt !== null && (cloud === blockedAt || cloud === blockedAt + 1)
      shapes.push({ d: THUNDERHEAD, ...at, fill: '#3c4b66', stroke: isBlocking ? '#b0173c' : '#3c4b66', width: 1.75 })
      shapes.push({ d: BOLT, ...at, fill: '#ffd75e' })
    }
  }
  for (const [jump, to] of Array.from(route.slice(1)).entries()) {
    const from = place(route[jump] as number)
    const end = place(to)
    // No arc from one row to the next.
    if (from.y !== end.y) continue
    const middle = (end.x - from.x) / 2
    const rise = to - (route[jump] as number) === 2 ? 72 : 38
    shapes.push({
      d: `M0 0Q${middle} ${-rise} ${2 * middle} 0`,
      x: from.x + TILE / 2,
      y: from.y + 14,
      stroke: solvable ? GO : INK,
      width: 2.5,
    })
  }
  const rows = Math.ceil(board.length / columns)
  return { width: columns * TILE + 2 * MARGIN, height: rows * ROW + 2 * MARGIN, shapes, labels }
}

/** The picture as an SVG document. */
function toSvg({ width, height, shapes, labels }: Picture): string {
  const drawn = shapes.map(({ d, x, y, fill = 'none', stroke = 'none', width: line = 0 }) => {
    const at = `transform="translate(${x} ${y})"`
    return `<path d="${d}" ${at} fill="${fill}" stroke="${stroke}" stroke-width="${line}" stroke-linejoin="round"/>`
  })
  const written = labels.map(({ text, x, y }) => `<text x="${x}" y="${y}">${text}</text>`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${PAPER}"/>`,
    ...drawn,
    `<g font-family="ui-monospace, monospace" font-size="12" text-anchor="middle" fill="${INK}">${written.join('')}</g>`,
    '</svg>\n',
  ].join('\n')
}

/** Pixels a unit, at most; browsers refuse canvases beyond some 16,000 pixels a side. */
const SHARPEST = 2
const LONGEST_SIDE = 16_000

export function downloadSvg(board: Board, solution: Solution): void {
  saveFile(new Blob([toSvg(boardPicture(board, solution))], { type: 'image/svg+xml' }), `board-${board.length}.svg`)
}

/**
 * Drawn on a canvas, which needs no image from elsewhere and so no exception in the security policy. Throws where the
 * browser cannot do it.
 */
export async function downloadPng(board: Board, solution: Solution): Promise<void> {
  const { width, height, shapes, labels } = boardPicture(board, solution)
  const scale = Math.min(SHARPEST, LONGEST_SIDE / height)
  const canvas = new OffscreenCanvas(width * scale, height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
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
