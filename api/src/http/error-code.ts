import { hash } from 'node:crypto'

/**
 * The code of an unexpected error: 16 hexadecimal characters made of what failed (its message without
 * the values in it) and where (its first stack frame in our own code). One bug has one code.
 *
 * @param doing what was being done, for an error that shows no frame of ours
 */
export function errorCode(error: Error, doing = ''): string {
  const what = `${error.name}: ${template(error.message)}`
  return hash('sha256', `${what}\n${ownFrame(error.stack) ?? doing}`).slice(0, 16)
}

const VALUES = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\S+@\S+|\b0x[0-9a-f]+\b|\d+(?:\.\d+)?/gi

function template(message: string): string {
  return message.replace(VALUES, '?')
}

/** What every statement passes through tells nothing: what failed is the statement above it. */
const PASSED_THROUGH = /node_modules|node:|src\/(?:database\/database(?:-pool)?|http\/(?:faults|problems))\.ts/

/** `api/src/submissions/repository.ts:41`, below the folder that holds the workspaces: the same on every machine. */
function ownFrame(stack = ''): string | undefined {
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '))
  const own = frames.find((line) => !PASSED_THROUGH.test(line)) ?? ''
  return /((?:api|core)\/src\/[^:]+:\d+):\d+/.exec(own)?.[1]
}
