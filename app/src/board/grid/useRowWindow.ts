import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Layout, type Rows, visibleRows } from './layout.ts'

type RowWindow = {
  scroller: RefObject<HTMLDivElement | null>
  visible: Rows
  onScroll: () => void
  /** Scrolls the row into view: to the middle, or just as far as needed. */
  reveal: (row: number, to: 'middle' | 'nearest') => void
  /** Scrolls so that this share (0 to 1) of the board is in the middle. */
  scrollTo: (share: number) => void
}

/**
 * Which rows of the board its scroller shows, and how to show others.
 *
 * @param arrivals counts the boards that came as a whole, which are shown from the start
 */
export function useRowWindow(layout: Layout, arrivals: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null)
  const [visible, setVisible] = useState<Rows>({ begin: 0, end: 1 })
  const { rows, rowHeight } = layout

  const onScroll = useCallback(() => {
    if (!scroller.current) return
    const { scrollTop, clientHeight } = scroller.current
    const now = visibleRows({ rows, rowHeight }, scrollTop, clientHeight)
    setVisible((last) => (last.begin === now.begin && last.end === now.end ? last : now))
  }, [rows, rowHeight])

  useLayoutEffect(onScroll, [onScroll])
  useLayoutEffect(() => {
    if (arrivals > 0 && scroller.current) scroller.current.scrollTop = 0
  }, [arrivals])
  useEffect(() => {
    addEventListener('resize', onScroll)
    return () => removeEventListener('resize', onScroll)
  }, [onScroll])

  const reveal = useCallback(
    (row: number, to: 'middle' | 'nearest') => {
      const view = scroller.current
      if (!view) return
      const top = row * rowHeight
      const room = view.clientHeight - rowHeight
      const isSeen = top >= view.scrollTop && top <= view.scrollTop + room
      if (to === 'middle') view.scrollTop = top - room / 2
      else if (!isSeen) view.scrollTop = top < view.scrollTop ? top : top - room
    },
    [rowHeight],
  )

  const scrollTo = useCallback(
    (share: number) => {
      if (scroller.current) scroller.current.scrollTop = share * rows * rowHeight - scroller.current.clientHeight / 2
    },
    [rows, rowHeight],
  )

  return { scroller, visible, onScroll, reveal, scrollTo }
}

/** Between the margins of A4 and of Letter there is room for as much; how wide the paper is, nobody is told. */
const PAPER_PX = 640

/** The width of an element's content in px, 0 until it is laid out. */
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const measured = element.current
    if (!measured) return
    let most = Number.POSITIVE_INFINITY
    const measure = () => setWidth(Math.min(most, measured.clientWidth))
    const print = ({ type }: Event) => {
      most = type === 'beforeprint' ? PAPER_PX : Number.POSITIVE_INFINITY
      measure()
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    addEventListener('beforeprint', print)
    addEventListener('afterprint', print)
    return () => {
      observer.disconnect()
      removeEventListener('beforeprint', print)
      removeEventListener('afterprint', print)
    }
  }, [])
  return [element, width]
}
