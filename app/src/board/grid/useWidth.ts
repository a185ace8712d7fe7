import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

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
