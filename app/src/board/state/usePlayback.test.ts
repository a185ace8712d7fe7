import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AT_START, type Playback, type PlaybackAction, play } from './usePlayback.ts'

const after = (jumps: number, ...actions: PlaybackAction[]): Playback =>
  actions.reduce((playback, action) => play(playback, action, jumps), AT_START)

test('playing makes the first jump at once and stops by itself on the last cloud', () => {
  assert.deepEqual(after(3, 'playOrPause'), { at: 1, isPlaying: true, moves: 1 })
  assert.deepEqual(after(3, 'playOrPause', 'tick', 'tick'), { at: 3, isPlaying: false, moves: 3 })
})

test('played to the end, it plays again from the start', () => {
  assert.deepEqual(after(1, 'playOrPause', 'playOrPause'), { at: 0, isPlaying: true, moves: 2 })
})

test('pausing leaves the hare where it is, and a late tick moves nothing', () => {
  const paused = after(5, 'playOrPause', 'playOrPause')
  assert.deepEqual(paused, { at: 1, isPlaying: false, moves: 1 })
  assert.equal(play(paused, 'tick', 5), paused)
})

test('stepping pauses and stays on the route', () => {
  assert.equal(after(2, 'stepBack').at, 0)
  assert.equal(after(2, 'stepOn', 'stepOn', 'stepOn').at, 2)
  assert.equal(after(9, 'playOrPause', 'stepOn').isPlaying, false)
  assert.equal(after(9, 'stepOn', 'stepOn', 'toStart').at, 0)
})

test('going to a jump pauses there', () => {
  assert.deepEqual(after(9, 'playOrPause', 7), { at: 7, isPlaying: false, moves: 2 })
  assert.equal(after(9, 12).at, 9)
})
