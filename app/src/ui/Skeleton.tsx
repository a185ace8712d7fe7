import clsx from 'clsx'
import css from './Skeleton.module.css'

/** A grey bar in the place of something that is on its way. */
export function Skeleton({
  width,
  height,
  className,
}: {
  width?: number | undefined
  height?: number
  className?: string | undefined
}) {
  return <span className={clsx(css.skeleton, className)} style={{ width, height }} />
}
