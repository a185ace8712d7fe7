import { useCallback, useEffect, useState } from 'react'
import type { BoardState } from './useBoard.ts'

/** Speeds to choose from; at 1 a jump starts every 620 ms. */
export const SPEEDS = [0.5, 1, 2, 4] as const
export type Speed = (typeof SPEEDS)[number]

export type Playback = {
  /** How many jumps the hare has made. */
  at: number
  isPlaying: boolean
  /** Counts what moved the hare, so that the view follows it then, and not when the board is edited. */
  moves: number
}

/** A number is the jump to go to. */
export type PlaybackAction = 'toStart' | 'stepBack' | 'stepOn' | 'playOrPause' | 'tick' | number

export const AT_START: Playback = { at: 0, isPlaying: false, moves: 0 }

/** The playback of a route of `jumps` jumps after one action. Stepping by hand pauses; playing ends at the last cloud. */
export function play(playback: Playback, action: PlaybackAction, jumps: number): Playback {
  const { at, isPlaying, moves } = playback
  const to = (target: number, playing: boolean): Playback => {
    const landing = Math.max(0, Math.min(jumps, target))
    return { at: landing, isPlaying: playing && landing < jumps, moves: moves + 1 }
  }
  if (typeof action === 'number') return to(action, false)
  switch (action) {
    case 'toStart':
      return to(0, false)
    case 'stepBack':
      return to(at - 1, false)
    case 'stepOn':
      return to(at + 1, false)
    case 'tick':
      return isPlaying ? to(at + 1, true) : playback
    case 'playOrPause':
      if (isPlaying) return { ...playback, isPlaying: false }
      // Played to the end, it starts again from the first cloud, where the hare is seen for a moment.
      return at >= jumps ? to(0, true) : to(at + 1, true)
  }
}

const JUMP_EVERY_MS = 620

export type PlaybackControls = Playback & {
  jumps: number
  speed: Speed
  setSpeed: (speed: Speed) => void
  /** Stays the same function. */
  send: (action: PlaybackAction) => void
}

/** Plays the route of a board. Another board starts anew, paused. */
export function usePlayback({ board, solution, latest }: BoardState): PlaybackControls {
  const [speed, setSpeed] = useState<Speed>(1)
  const [state, setState] = useState({ board, playback: AT_START })
  const playback = state.board === board ? state.playback : AT_START
  const send = useCallback(
    (action: PlaybackAction) => {
      const { board, solution } = latest.current
      setState((last) => ({
        board,
        playback: play(last.board === board ? last.playback : AT_START, action, solution.total ?? 0),
      }))
    },
    [latest],
  )

  const { at, isPlaying } = playback
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs at each landing (`at`) to time the next jump
  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => send('tick'), JUMP_EVERY_MS / speed)
    return () => clearTimeout(timer)
  }, [isPlaying, at, send, speed])

  return { ...playback, jumps: solution.total ?? 0, speed, setSpeed, send }
}
