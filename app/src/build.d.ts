declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}
declare module '*.css'

/** By vite.config.ts. */
interface ImportMeta {
  readonly env: { readonly VERSION: string; readonly SOURCE: string }
}
