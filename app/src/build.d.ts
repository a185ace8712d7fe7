declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}
declare module '*.css'

/** By Vite and vite.config.ts. */
interface ImportMeta {
  readonly env: { readonly PROD: boolean; readonly VERSION: string; readonly SOURCE: string }
}
