import { format } from '#i18n/format.ts'

const submissions = (count: number) => `${format.number(count)} ${count === 1 ? 'submission' : 'submissions'}`

export const t = {
  title: 'People',
  adminsOnly: 'For administrators only',
  adminsOnlyDetail: 'Only administrators can see this list. If you need it, ask one of them.',
  toBoard: 'Go to the board',
  find: 'Find',
  findHint: 'Name or email',
  filters: 'Find people',
  count: (count: number) => `${format.number(count)} ${count === 1 ? 'person' : 'people'}`,
  loading: 'Loading people',
  failed: 'People did not load',
  columns: {
    name: 'Name',
    email: 'Email',
    role: 'Role',
    submissions: 'Submissions',
    actions: 'Actions',
  },
  submissionsOf: (name: string, count: number) => `${submissions(count)} by ${name}`,
  submissions: (count: number) => (count === 1 ? '{number} submission' : '{number} submissions'),
  roles: { user: 'Member', admin: 'Admin' },
  more: (name: string) => `More for ${name}`,
  noMatch: 'Nobody found',
  noMatchDetail: (search: string) => `No name or email address contains “${search}”. Try fewer letters.`,
  showAll: 'Show all people',
  promote: {
    title: (name: string) => `Make ${name} an administrator?`,
    detail: 'They will be able to see and remove everyone’s submissions and change roles.',
    confirm: 'Make admin',
    cancel: 'Keep as member',
  },
  demote: {
    title: (name: string) => `Remove the administrator role from ${name}?`,
    detail: 'From now on they see only their own boards.',
    confirm: 'Remove admin role',
    cancel: 'Keep as admin',
  },
  demoteYourself: {
    title: () => 'Stop being an administrator?',
    detail: 'You will see only your own boards. Another administrator can make you one again.',
    confirm: 'Give up admin role',
    cancel: 'Stay admin',
  },
  changing: 'Changing…',
  roleNotChanged: 'Role not changed',
  roleChanged: 'Role changed',
  roleChangedDetail: {
    admin: (name: string) => `${name} is now an administrator.`,
    user: (name: string) => `${name} is now a member.`,
  },
  signOut: {
    menu: 'Sign out everywhere…',
    title: (name: string) => `Sign out ${name} everywhere?`,
    detail: 'All their devices are signed out. They can sign in again.',
    confirm: 'Sign out everywhere',
    confirming: 'Signing out…',
    cancel: 'Leave signed in',
    problemTitle: 'Not signed out',
    done: 'Signed out everywhere',
  },
  removal: {
    menu: (count: number) => `Remove ${submissions(count)}…`,
    title: (name: string) => `Remove the submissions of ${name}?`,
    detail: (count: number) =>
      `${submissions(count)} ${count === 1 ? 'is' : 'are'} removed at once, for good. The account stays.`,
    confirm: (count: number) => `Remove ${submissions(count)}`,
    confirming: 'Removing…',
    cancel: 'Keep submissions',
    problemTitle: 'Submissions not removed',
  },
  removed: 'Submissions removed',
  removedDetail: (name: string, count: number) =>
    `${submissions(count)} by ${name} ${count === 1 ? 'is' : 'are'} gone.`,
}
