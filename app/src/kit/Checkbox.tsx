import type { ReactNode } from 'react'
import css from './Checkbox.module.css'

type CheckboxProps = { isSelected: boolean; onChange: (isSelected: boolean) => void; children: ReactNode }

export function Checkbox({ isSelected, onChange, children }: CheckboxProps) {
  return (
    <label className={css.check}>
      <input type="checkbox" checked={isSelected} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  )
}
