import clsx from 'clsx'
import css from './Icon.module.css'

/** A line icon of 20 px in the colour of the text around it; decoration, so the words beside it must do. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  const icon: Drawing = ICONS[name]
  return (
    <svg className={clsx(css.icon, icon.turns && css.turns, className)} viewBox="0 0 20 20" aria-hidden="true">
      {icon.filled && <path className={css.filled} d={icon.filled} />}
      <path d={icon.line} />
    </svg>
  )
}

/**
 * Line icons on a field of 20 by 20 units: path data for the stroke, and for what is filled as well. What `turns`
 * points along the line of reading, and is mirrored where that runs from the right.
 */
type Drawing = { line: string; filled?: string; turns?: true }

export type IconName = keyof typeof ICONS

const ICONS = {
  again: { line: 'M4.2 8A6.3 6.3 0 1 1 4 12M4 3.5V8h4.5' },
  asc: { line: 'M10 16V4M5.5 8.5L10 4l4.5 4.5' },
  auto: {
    line: 'M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1 -1.5 1.5h-12a1.5 1.5 0 0 1 -1.5 -1.5v-7a1.5 1.5 0 0 1 1.5 -1.5zM7 17h6',
  },
  back: { line: 'M4.5 5v10', filled: 'M16 5l-8 5 8 5z' },
  board: { line: 'M3 13c2-7 6-7 7 0 1-5 5-5 7 0M3 16.5h14' },
  both: { line: 'M6.5 8L10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5' },
  check: { line: 'M2.5 10a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0 -15 0zM6.5 10.3l2.4 2.4 4.6-5' },
  clear: { line: 'M4 6h12M8 6V4h4v2M6 6l.8 10h6.4L14 6' },
  columns: { line: 'M3.5 4.5h13v11h-13zM8 4.5v11M12.2 4.5v11' },
  copy: {
    line: 'M8.5 7h6.5a1.5 1.5 0 0 1 1.5 1.5v6.5a1.5 1.5 0 0 1 -1.5 1.5h-6.5a1.5 1.5 0 0 1 -1.5 -1.5v-6.5a1.5 1.5 0 0 1 1.5 -1.5zM4 12.5V5a1.5 1.5 0 0 1 1.5-1.5H13',
  },
  desc: { line: 'M10 4v12M5.5 11.5L10 16l4.5-4.5' },
  down: { line: 'M10 3v9M6 8.5l4 4 4-4M3.5 16.5h13' },
  first: { line: 'M4 4.5v11M16 5l-4.5 5L16 15M10.5 5L6 10l4.5 5' },
  fwd: { line: 'M15.5 5v10', filled: 'M4 5l8 5-8 5z' },
  hint: { line: 'M7.5 14.5c0-2-2.7-3.2-2.7-6.5a5.2 5.2 0 0 1 10.4 0c0 3.3-2.7 4.5-2.7 6.5zM8 17.5h4' },
  key: { line: 'M3.3 13.5a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0zM8.9 11.1L16.5 3.5M13 7l2.8 2.8M15.2 4.8l1.6 1.6' },
  list: { line: 'M3 5h14M3 10h14M3 15h9' },
  minus: { line: 'M4 10h12' },
  more: {
    line: '',
    filled:
      'M3.1 10a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0-1.8 0zM9.1 10a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0-1.8 0zM15.1 10a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0-1.8 0z',
  },
  mix: {
    line: 'M3 6h3c4 0 4 8 8 8h3M14.5 11.5L17 14l-2.5 2.5M3 14h3c1.4 0 2.3-.9 3-2M11 8c.7-1.1 1.6-2 3-2h3M14.5 3.5L17 6l-2.5 2.5',
  },
  moon: { line: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z' },
  next: { line: 'M8 5l5 5-5 5', turns: true },
  out: { line: 'M8 3.5H4.5v13H8M12 6.5l3.5 3.5-3.5 3.5M15 10H8', turns: true },
  pause: { line: 'M7 4.5v11M13 4.5v11' },
  play: { line: '', filled: 'M6 4l10 6-10 6z' },
  people: {
    line: 'M4.3 7.5a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0 -5.4 0zM1.5 16c.6-3 2.7-4.3 5.5-4.3s4.9 1.3 5.5 4.3M12.8 5a2.7 2.7 0 0 1 0 5M14.5 12c2.2.4 3.5 1.7 4 4',
  },
  plus: { line: 'M10 4v12M4 10h12' },
  prev: { line: 'M12 5l-5 5 5 5', turns: true },
  redo: { line: 'M13 4l3.5 3.5L13 11M16 7.5H8a4.5 4.5 0 0 0 0 9h4', turns: true },
  share: {
    line: 'M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5L9.8 5.2M11.5 8.5a3.5 3.5 0 0 0-5 0L4 11a3.5 3.5 0 0 0 5 5l1.2-1.2',
  },
  stop: { line: 'M6.8 2.5h6.4l4.3 4.3v6.4l-4.3 4.3H6.8l-4.3-4.3V6.8zM10 6v5M10 13.6v.1' },
  sun: {
    line: 'M6.6 10a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  },
  undo: { line: 'M7 4L3.5 7.5 7 11M4 7.5h8a4.5 4.5 0 0 1 0 9H8', turns: true },
  up: { line: 'M10 13V4M6 7.5l4-4 4 4M3.5 16.5h13' },
  user: { line: 'M6.8 7a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0zM3.5 17c.8-3.6 3.4-5 6.5-5s5.7 1.4 6.5 5' },
  warn: { line: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1' },
  x: { line: 'M5 5l10 10M15 5L5 15' },
} satisfies Record<string, Drawing>
