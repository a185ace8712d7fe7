import type { ProblemType } from '@jotc/core/api/problem'

export const t = {
  timeout: 'The server took too long to answer. Try again.',
  refused: 'The server did not accept this. Reload the page and try again.',
  broken: 'Something went wrong on our side. If it happens again, send us the error code.',
  pageBroken: 'Something went wrong on this page. Reload it and try again.',
  /**
   * What the service says of a problem, in this language: by its type, else `detail`, the service's own English.
   *
   * @param _seconds after which to try again, where the service says so
   */
  said: (_type: ProblemType, detail: string, _seconds: number | undefined) => detail,
  exportFailed: 'Export did not start',
  signedOut: 'You are signed out',
  signedOutWhy: {
    'session-expired': 'We sign you out after a long time, to keep your account safe. Sign in again to continue.',
    'session-ended': 'Somebody signed out this browser: you on another device, or an administrator.',
    'account-erased': 'This account no longer exists.',
    'sign-in-required': 'This browser did not keep your sign-in. If it happens again, allow cookies for this page.',
    'invalid-token': 'Your session ended. Sign in again to continue.',
  },
}
