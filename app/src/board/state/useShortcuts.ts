import { useEffect } from 'react'
import type { BoardEdit } from './board-history.ts'

/**
 * Undo and redo by their keys, and paste onto the board, from anywhere on the page but its fields,
 * which have their own.
 */
export function useShortcuts(edit: (edit: BoardEdit) => void, pasted: (text: string) => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      const type = editOf(event)
      if (type === undefined || isTextField(event.target)) return
      event.preventDefault()
      edit({ type })
    }
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text === '' || isTextField(event.target)) return
      event.preventDefault()
      pasted(text)
    }
    document.addEventListener('keydown', keyDown)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('keydown', keyDown)
      document.removeEventListener('paste', paste)
    }
  }, [edit, pasted])
}

/** What the keys of undo and redo ask for, undefined for any others. */
export function editOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : undefined
}

const TEXT_FIELDS = 'textarea, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="range"])'
export const isTextField = (target: EventTarget | null) => target instanceof Element && target.matches(TEXT_FIELDS)
