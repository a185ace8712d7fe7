import { format } from '#i18n/format.ts'

const ERASED = 'are erased at once. Nobody can bring them back, and that includes us.'

export const t = {
  title: 'Account',
  failed: 'Your account did not load',
  myData: 'My data',
  email: 'Email',
  firstName: 'First name',
  lastName: 'Last name',
  birthDate: 'Birth date',
  role: 'Role',
  roles: { user: 'Member', admin: 'Admin' },
  joined: 'Joined',
  boards: 'My boards',
  unknown: 'not available right now',
  signOut: 'Sign out',
  signedOut: 'Signed out',
  signedOutDetail: 'Your saved boards stay in your account.',
  notSignedOut: 'You are still signed in',
  erase: 'Erase account',
  eraseDetail: (boards: number) =>
    boards === 1
      ? `Your name, email address, birth date and your one board ${ERASED}`
      : `Your name, email address, birth date and your ${format.number(boards)} boards ${ERASED}`,
  /** Where their number is not known, or there is none. */
  eraseAllDetail: `Your name, email address, birth date and all your boards ${ERASED}`,
  eraseAsk: 'Erase account…',
  eraseTitle: 'Erase your account?',
  confirmEmail: 'Type your email address to confirm',
  notYourEmail: 'This does not match your email address. Check it.',
  eraseConfirm: 'Erase account',
  erasing: 'Erasing…',
  eraseKeep: 'Keep account',
  notErased: 'Account not erased',
  erased: 'Account erased',
  erasedDetail: 'Nothing of it is left. You can keep playing without an account.',
}
