import css from './Distribution.module.css'
import { SizesChart } from './SizesChart.tsx'
import { TopAccounts } from './TopAccounts.tsx'

type DistributionProps = Parameters<typeof SizesChart>[0] & Parameters<typeof TopAccounts>[0]

/** Of what size the boards are, and for administrators who sent them. */
export function Distribution({ sizes, users, onChoose }: DistributionProps) {
  if (sizes.length === 0) return null
  return (
    <div className={css.columns}>
      <SizesChart sizes={sizes} />
      {users.length > 1 && <TopAccounts users={users} onChoose={onChoose} />}
    </div>
  )
}
