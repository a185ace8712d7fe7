import { type Board, parseBoard, toHackerRank } from '@jotc/core/board'
import { randomBoard } from '@jotc/core/random'
import type { Solution } from '@jotc/core/solver'
import clsx from 'clsx'
import { Button } from '#ui/Button.tsx'
import { copyText } from '#ui/browser/clipboard.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { Group } from '#ui/Group.tsx'
import layout from '#ui/layout.module.css'
import { downloadPng, downloadSvg, LARGEST_PICTURE } from './board-picture.ts'
import css from './Tool.module.css'
import { Tool } from './Tool.tsx'
import { printWorksheet } from './Worksheet.tsx'
import { t } from './words/en.ts'

type MoreToolsProps = { board: Board; solution: Solution; replaceBoard: (board: Board) => void }

/** Sample boards, and the board to take along; fetched after the first page is there. */
export default function MoreTools({ board, solution, replaceBoard }: MoreToolsProps) {
  const isDrawable = board.length <= LARGEST_PICTURE
  return (
    <div className={css.moreTools}>
      <Tool heading={t.presets.heading}>
        <div className={layout.row}>
          {presets(board.length).map(([label, preset]) => (
            <Button key={label} onPress={() => replaceBoard(preset)}>
              {label}
            </Button>
          ))}
        </div>
      </Tool>
      <Tool heading={t.take.heading}>
        <Group className={clsx(layout.row, css.take)} aria-label={t.take.copyAs}>
          <span aria-hidden="true">{t.take.copyAs}</span>
          <Button icon="copy" onPress={() => void copy(JSON.stringify(Array.from(board, Number)))}>
            {t.take.array}
          </Button>
          <Button icon="copy" onPress={() => void copy(board)}>
            {t.take.text}
          </Button>
          <Button icon="copy" onPress={() => void copy(toHackerRank(board))}>
            {t.take.hackerRank}
          </Button>
        </Group>
        <Group className={clsx(layout.row, css.take)} aria-label={t.take.picture}>
          <span aria-hidden="true">{t.take.picture}</span>
          <Button icon="down" isDisabled={!isDrawable} onPress={() => downloadSvg(board, solution)}>
            {t.take.svg}
          </Button>
          <Button icon="down" isDisabled={!isDrawable} onPress={() => void savePng(board, solution)}>
            {t.take.png}
          </Button>
        </Group>
        <Group className={clsx(layout.row, css.take)} aria-label={t.take.print}>
          <span aria-hidden="true">{t.take.print}</span>
          <Button isDisabled={!isDrawable} onPress={() => printWorksheet(board)}>
            {t.take.worksheet}
          </Button>
        </Group>
        {!isDrawable && <p>{t.take.tooLong(LARGEST_PICTURE)}</p>}
      </Tool>
    </div>
  )
}

function presets(size: number): [label: string, board: Board][] {
  const words = t.presets
  return [
    [words.sampleOne, parseBoard('0010010')],
    [words.sampleTwo, parseBoard('000010')],
    // Each thunderhead costs a jump of two, and each pair of cumulus a jump of one: no board needs more jumps a cloud.
    [words.hardest(size), parseBoard(`${'001'.repeat(size).slice(0, Math.max(0, size - 1))}0`)],
    [words.easiest(size), parseBoard('0'.repeat(size))],
    [words.blocked, parseBoard('0110010010')],
    [words.blockedEnd, parseBoard('001001000110')],
    [words.long, randomBoard({ size: 1000, density: 0.3, seed: 1000, solvable: true })],
  ]
}

async function copy(text: string): Promise<void> {
  if (await copyText(text)) toast.success({ title: t.take.copied, detail: t.take.copiedDetail })
  else toast.warning({ title: t.take.notCopied, detail: t.take.notCopiedDetail })
}

async function savePng(board: Board, solution: Solution): Promise<void> {
  try {
    await downloadPng(board, solution)
  } catch {
    // The browser has no memory for so large a picture, or cannot draw one at all.
    toast.error({ title: t.take.notDrawn, detail: t.take.notDrawnDetail })
  }
}
