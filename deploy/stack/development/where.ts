export const APP = 'http://localhost'
export const API = 'http://localhost:4000'
/** What the images of the tests are built from, as they say themselves. */
export const COMMIT = 'abcdef123'
