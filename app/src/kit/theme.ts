import { useState } from 'react'
import { storage } from './storage.ts'

/** `system` follows the device. `public/theme.js` sets it before the first paint, from the same key. */
export type Theme = 'light' | 'dark' | 'system'

const KEY = 'theme'

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = storage.get(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  })
  function choose(next: Theme) {
    setTheme(next)
    storage.set(KEY, next)
    document.documentElement.dataset.theme = next
  }
  return [theme, choose]
}
