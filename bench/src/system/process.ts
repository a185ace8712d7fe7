import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@jotc/testing/ports'
import { temporaryFolder } from './folder.ts'

export type Running = { port: number; pid: number; [Symbol.asyncDispose](): Promise<void> }

type Program = {
  file: string
  /** Given the free port that it shall listen on, and a folder of its own. */
  args?: (port: number) => string[]
  env?: (port: number, folder: string) => Record<string, string>
  execArgv?: string[]
  /** Answers 200 once it serves. */
  path: string
}

/**
 * Starts a program of ours on Node as a process of its own, with nothing of our environment, its log written to a
 * file. Resolves when it answers; it ends with us at the latest.
 */
export async function startProgram({ file, args, env, execArgv = [], path }: Program): Promise<Running> {
  const folder = temporaryFolder()
  const port = await freePort()
  const log = join(folder.path, 'log')
  const output = openSync(log, 'w')
  const child = spawn(process.execPath, [...execArgv, file, ...(args?.(port) ?? [])], {
    env: env?.(port, folder.path) ?? {},
    stdio: ['ignore', output, output, 'ipc'],
  })
  const ended = once(child, 'exit')
  let isRunning = true
  void ended.then(() => {
    isRunning = false
  })
  while (!(await answers(`http://127.0.0.1:${port}${path}`))) {
    if (!isRunning) throw new Error(`${file} ended:\n${readFileSync(log, 'utf8').slice(-2000)}`)
    await delay(20)
  }
  return {
    port,
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      folder[Symbol.dispose]()
    },
  }
}

/** Whether the URL answers with 2xx now. */
export async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    async (response) => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )
}
