import type { Board } from '@jotc/core/board'
import { useEffect, useState } from 'react'
import { AT_START, type Playback, type PlaybackAction, play, type Speed } from './playback.ts'

const JUMP_EVERY_MS = 620

export type PlaybackControls = Playback & {
  jumps: number
  speed: Speed
  setSpeed: (speed: Speed) => void
  send: (action: PlaybackAction) => void
}

/** Plays a route of `jumps` jumps over a board. Another board starts anew, paused. */
export function usePlayback(board: Board, jumps: number): PlaybackControls {
  const [speed, setSpeed] = useState<Speed>(1)
  const [of, setOf] = useState({ board, playback: AT_START })
  const playback = of.board === board ? of.playback : AT_START
  const send = (action: PlaybackAction) =>
    setOf((last) => ({ board, playback: play(last.board === board ? last.playback : AT_START, action, jumps) }))

  const { at, isPlaying } = playback
  // biome-ignore lint/correctness/useExhaustiveDependencies: each landing (`at`) times the next jump
  useEffect(() => {
    if (!isPlaying) return
    const tick = () => setOf((last) => ({ ...last, playback: play(last.playback, 'tick', jumps) }))
    const timer = setTimeout(tick, JUMP_EVERY_MS / speed)
    return () => clearTimeout(timer)
  }, [isPlaying, at, jumps, speed])

  return { ...playback, jumps, speed, setSpeed, send }
}
