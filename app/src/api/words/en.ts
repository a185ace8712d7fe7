export const t = {
  offline: 'You are offline. Try again when you are back.',
  timeout: 'The server did not answer in 10 seconds. Try again.',
  unreachable: 'The server cannot be reached. Try again in a moment.',
  refused: 'The server refused it.',
  broken: 'Something went wrong on the server. If this goes on, send us the error code.',
  /** What the service said in English, in this language. */
  said: (_status: number, detail: string) => detail,
  sessionEnded: 'You are signed out',
  sessionEndedDetail: 'Your session has ended. Sign in again to go on.',
}
