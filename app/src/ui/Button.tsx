import clsx from 'clsx'
import { type ComponentProps, type MouseEvent, memo, type ReactNode } from 'react'
import css from './Button.module.css'
import { Icon, type IconName } from './Icon.tsx'
import { Link } from './Link.tsx'

export type ButtonLook = {
  /** `primary` leads, one of them on a page; `quiet` has no frame; `danger` destroys. */
  variant?: 'primary' | 'quiet' | 'danger'
  /** As wide as high, for an icon alone; give it an `aria-label`, which is shown as its title too. */
  square?: boolean
  small?: boolean
  icon?: IconName
  className?: string | undefined
  children?: ReactNode
}

type ButtonProps = ButtonLook & {
  /** Looks unavailable and does nothing, but keeps its place in the tab order and its name. */
  isDisabled?: boolean
  onPress?: (() => void) | undefined
} & Omit<ComponentProps<'button'>, 'onClick' | 'disabled' | 'className' | 'children'>

/** A native button. */
export const Button = memo(function Button({
  variant,
  square,
  small,
  icon,
  className,
  children,
  isDisabled,
  onPress,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent) => (isDisabled ? event.preventDefault() : onPress?.())
  return (
    <button
      type="button"
      title={square ? rest['aria-label'] : undefined}
      aria-disabled={isDisabled || undefined}
      {...rest}
      onClick={press}
      className={classes({ variant, square, small, className })}
    >
      {icon && <Icon name={icon} />}
      {label(children)}
    </button>
  )
})

type ButtonLinkProps = ButtonLook & { href: string } & Omit<ComponentProps<'a'>, 'href' | 'className' | 'children'>

/** A link inside the app that looks like a button. */
export function ButtonLink({ variant, square, small, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={classes({ variant, square, small, className })}>
      {icon && <Icon name={icon} />}
      {label(children)}
    </Link>
  )
}

/** Text alone in its element: what translates a page takes text nodes out of it, and only elements can be found again. */
function label(children: ReactNode): ReactNode {
  return typeof children === 'string' ? <span>{children}</span> : children
}

function classes(look: { [Part in 'variant' | 'square' | 'small' | 'className']: ButtonLook[Part] | undefined }) {
  return clsx(
    css.button,
    look.variant && css[look.variant],
    look.square && css.square,
    look.small && css.small,
    look.className,
  )
}
