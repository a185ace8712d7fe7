import clsx from 'clsx'
import css from './Bone.module.css'

/** A grey bar in the place of something that is on its way. */
export function Bone({
  width,
  height,
  className,
}: {
  width?: number | undefined
  height?: number
  className?: string | undefined
}) {
  return <span className={clsx(css.bone, className)} style={{ width, height }} />
}
