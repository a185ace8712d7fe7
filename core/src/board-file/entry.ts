import { type Board, BoardError, LONGEST_RECORDED_BOARD, parseBoard } from '../board.ts'
import type { EntryFault, FileFault } from './faults.ts'

/** What stands where a board should be. `line` counts from 1, and so does `item`, which boards of a JSON text have. */
export type Entry = { line: number; item?: number } & ({ board: Board } | { fault: EntryFault })

export type Separator = ',' | ';' | '\t'

export type FileFormat = {
  shape: 'text' | 'csv' | 'hackerRank' | 'json' | 'jsonLines'
  /** What parts the cells of CSV; undefined where it has one cell a row. */
  separator?: Separator
}

/** One way to read a text that comes in pieces; however it is cut, the entries are the same. */
export interface TextReader {
  readonly format: FileFormat
  /** Set where the file cannot be read from here on. */
  readonly fault: FileFault | undefined
  /** On which what is not read yet begins. */
  readonly line: number
  /** @param text undefined at the end */
  read(text: string | undefined): Iterable<Entry>
}

/** Whatever any program takes for the end of a line. No board goes over one. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/
const HACKER_RANK = /^\s*[1-9]\d*[^\S\n\v\f\r\u2028\u2029]*(?:\r\n|[\n\r])[^\n\v\f\r\u0085\u2028\u2029]*$/

export function entry(place: { line: number; item?: number }, read: Board | EntryFault): Entry {
  return typeof read === 'string' ? { ...place, board: read } : { ...place, fault: read }
}

/** A board in one line, or HackerRank's two. */
export function boardOfText(text: string): Board | EntryFault {
  if (LINE_END.test(text.trim()) && !HACKER_RANK.test(text.trim())) return { code: 'lineBreak' }
  return boardOf(text)
}

/** All clouds of a board in one cell. With one comma it may be a number of a spreadsheet: `0,0` and `0,00` are zero. */
export function boardOfCell(cell: string): Board | EntryFault {
  if (/^\s*\d+,\d+\s*$/.test(cell)) return { code: 'notACloud', index: 0, offset: null, found: shown(cell.trim()) }
  return cell.includes(',') ? boardOfCells(cell.split(',')) : boardOfText(cell)
}

/** A cell for each cloud, or one with all of them. Shorter rows of a table end with empty cells. */
export function boardOfCells(cells: readonly string[]): Board | EntryFault {
  const filled = cells.slice(0, cells.findLastIndex(isFilled) + 1)
  const [first = '', last = ''] = [filled[0], filled.at(-1)]
  if (filled.length < 2) return boardOfCell(first)
  if (first.trimStart().startsWith('[') && last.trimEnd().endsWith(']')) {
    filled[0] = first.trimStart().slice(1)
    filled[filled.length - 1] = last.trimEnd().slice(0, -1)
  }
  if (filled.some((cell) => LINE_END.test(cell))) return { code: 'lineBreak' }
  const clouds = filled.map((cell) => cell.trim())
  const index = clouds.findIndex((cloud) => cloud !== '0' && cloud !== '1')
  if (index === -1) return boardOf(clouds.join(''))
  const found = clouds[index] ?? ''
  if (found === '') return { code: 'emptyCell', index }
  return { code: 'notACloud', index, offset: null, found: shown(found) }
}

export const isFilled = (cell: string) => cell.trim() !== ''

/** An array of clouds, a text, or an object with either as `clouds`; its other fields are ignored. */
export function boardOfJson(value: unknown): Board | EntryFault {
  const clouds = typeof value === 'object' && value !== null && 'clouds' in value ? value.clouds : value
  if (typeof clouds === 'string') return boardOfText(clouds)
  // Tables that became JSON have their numbers as text.
  if (Array.isArray(clouds) && clouds.every((cloud) => cloud === '0' || cloud === '1')) return boardOf(clouds.join(''))
  return boardOf(clouds)
}

function boardOf(input: unknown): Board | EntryFault {
  try {
    return parseBoard(input, LONGEST_RECORDED_BOARD)
  } catch (error) {
    if (error instanceof BoardError) return error.fault
    throw error
  }
}

/** One character that nobody can see keeps its name; of a longer cell the beginning is enough. */
function shown(cell: string): string {
  const hidden = /[^\P{C}]|\p{Default_Ignorable_Code_Point}/u.exec(cell)
  if (hidden) return hidden[0]
  return cell.length > 20 ? `${cell.slice(0, 20)}…` : cell
}
