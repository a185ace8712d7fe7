/** Loaded into a service under test: the signal makes a fault that nobody catches. */
process.on('SIGWINCH', () => void Promise.reject(new Error('nobody catches this')))
