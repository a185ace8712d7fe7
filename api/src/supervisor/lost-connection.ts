import type { Worker } from 'node:cluster'

type Handle = { close(): void }
type Send = (message: unknown, handle?: Handle | (() => void) | null, ...rest: unknown[]) => boolean

/**
 * Closes the connection that was just being handed to a worker which dies. Node closes one when the worker has said
 * that it took it, and forgets it where that is never said: its client would wait for ever. There is one at most, for
 * a worker gets no other before it has answered.
 */
export function closeLostConnection(worker: Worker): void {
  const { process: child } = worker
  const send = child.send.bind(child) as Send
  let last: Handle | undefined
  child.send = ((message, handle, ...rest) => {
    if (handle && typeof handle === 'object') last = handle
    return send(message, handle, ...rest)
  }) satisfies Send as typeof child.send
  child.once('exit', () => {
    // Who took leave has given it back. Closing what is closed does nothing.
    if (!worker.exitedAfterDisconnect) last?.close()
  })
}
