import type { Role } from '@jotc/core/api/account'
import { readsBody } from '../plugins/input.ts'

export const readsRole = readsBody<{ role: Role }>(['role'], ({ role }) =>
  role === 'admin' || role === 'user'
    ? { value: { role } }
    : { errors: [{ field: 'role', message: '“role” must be one of user, admin.' }] },
)
