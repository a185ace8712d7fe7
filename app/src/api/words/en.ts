import type { ProblemType } from '@jotc/core/api/problem'

export const t = {
  offline: 'You are offline. Try again when you are back.',
  timeout: 'The server did not answer in 10 seconds. Try again.',
  unreachable: 'The server cannot be reached. Try again in a moment.',
  refused: 'The server refused it.',
  broken: 'Something went wrong on the server. If this goes on, send us the error code.',
  pageBroken: 'Something went wrong on this page. Reload it and try again.',
  /**
   * What the service says of a problem, in this language: by its type, else `detail`, the service's own English.
   *
   * @param _seconds after which to try again, where the service says so
   */
  said: (_type: ProblemType, detail: string, _seconds: number | undefined) => detail,
  sessionEnded: 'You are signed out',
  sessionEndedDetail: 'Your session has ended. Sign in again to go on.',
}
