import clsx from 'clsx'
import { type ReactNode, useEffect } from 'react'
import { arrive } from './arrival.ts'
import layout from './layout.module.css'
import { Sky } from './Sky.tsx'

export type PageProps = {
  /** Names the page in the window's title, and as its `h1` unless `sky` brings one. */
  title: string
  /** What stands in the sky instead of the title; must hold the page's `h1`. */
  sky?: ReactNode
  /** A lower sky, for pages whose head is a title. */
  isLow?: boolean
  /** A column of 520 px, for forms. */
  isNarrow?: boolean
  /** Puts `children` into `main` as they are, without the column: for what sticks to the window's edge. */
  isBare?: boolean
  /** What stands on the ground. */
  children?: ReactNode
}

/** A page of the app: its head in the sky, its tools on the ground. Names the window and takes the focus. */
export function Page({ title, sky, isLow, isNarrow, isBare, children }: PageProps) {
  useEffect(() => arrive(title), [title])
  const column = clsx(layout.wrap, isNarrow && layout.narrow)
  return (
    <>
      <Sky isLow={isLow}>
        <div className={column}>{sky ?? <h1>{title}</h1>}</div>
      </Sky>
      {isBare ? children : <div className={column}>{children}</div>}
    </>
  )
}
