import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BoardError, parseBoard } from './board.ts'
import { boardFromLink, boardToLink, challengeToLink, isChallenge } from './link.ts'

const anyBoard = fc
  .array(fc.constantFrom(0, 1), { maxLength: 1000, size: 'max' })
  .map((inner) => parseBoard([0, ...inner, 0]))

test('a board comes back from its link, whose text needs no escaping', () => {
  fc.assert(
    fc.property(anyBoard, (board) => {
      for (const toLink of [boardToLink, challengeToLink]) {
        const link = toLink(board)
        assert.equal(encodeURIComponent(link), link)
        assert.equal(boardFromLink(link), board)
        assert.equal(isChallenge(link), toLink === challengeToLink)
      }
    }),
  )
})

test('ten thousand clouds make a link of under 1,700 characters', () => {
  assert.equal(boardToLink(parseBoard('0'.repeat(10_000))).length, 1_673)
})

test('a link that was cut or changed is refused, not solved as another board', () => {
  const link = boardToLink(parseBoard('0'.repeat(600)))
  for (const broken of [link.slice(0, -1), `${link}A`, `9${link}`, '600.', link.replace('A', '!'), '']) {
    assert.throws(() => boardFromLink(broken), BoardError)
  }
})
