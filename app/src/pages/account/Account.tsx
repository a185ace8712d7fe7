import type { User } from '@jotc/core/api/account'
import css from './Account.module.css'
import { Erasure } from './Erasure.tsx'
import { MyData } from './MyData.tsx'
import { useOwnCount } from './useOwnCount.ts'

/** What is kept of a person, and the ways out. */
export function Account({ user }: { user: User }) {
  const submissions = useOwnCount(user)
  return (
    <div className={css.account}>
      <MyData user={user} submissions={submissions} />
      <Erasure user={user} submissions={submissions} />
    </div>
  )
}
