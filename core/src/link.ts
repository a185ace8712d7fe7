import { type Board, BoardError, parseBoard } from './board.ts'

const PLAIN_UP_TO = 128
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * A board as a short text for a link (only characters that need no escaping): its zeros and ones, or
 * past 128 clouds `SIZE.PACKED` with six clouds in each base64url digit.
 */
export function boardToLink(board: Board): string {
  if (board.length <= PLAIN_UP_TO) return board
  const packed: string[] = []
  for (let cloud = 0; cloud < board.length; cloud += 6) {
    packed.push(DIGITS[Number.parseInt(board.slice(cloud, cloud + 6).padEnd(6, '0'), 2)] as string)
  }
  return `${board.length}.${packed.join('')}`
}

/** Such a link with this before it asks to play the board, and hides the answer. */
const TO_PLAY = 'play-'

/** The link that opens a board to be played, its answer hidden. */
export function challengeToLink(board: Board): string {
  return TO_PLAY + boardToLink(board)
}

export function isChallenge(link: string): boolean {
  return link.startsWith(TO_PLAY)
}

/** The board of a link or a challenge. @throws {BoardError} when the text is not one that is made here. */
export function boardFromLink(link: string): Board {
  const text = isChallenge(link) ? link.slice(TO_PLAY.length) : link
  const packed = /^([1-9]\d{0,8})\.([\w-]+)$/.exec(text)
  if (!packed) return parseBoard(text)
  const size = Number(packed[1])
  const digits = packed[2] as string
  const clouds = Array.from(digits, (digit) => DIGITS.indexOf(digit).toString(2).padStart(6, '0'))
  if (digits.length !== Math.ceil(size / 6)) {
    throw new BoardError({ code: 'countDiffers', stated: size, found: digits.length * 6 })
  }
  return parseBoard(clouds.join('').slice(0, size))
}
