import fp from 'fastify-plugin'
import { HttpError, notFound } from './errors.ts'

/** Answers what no route does: a known path with another method by 405 and `Allow`, the rest by 404. */
export const allowedMethods = fp(
  async (api) => {
    const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>()
    api.addHook('onRoute', ({ url, method }) => {
      if (url === '*') return
      const path = paths.get(url) ?? { pattern: patternOf(url), methods: new Set() }
      for (const name of [method].flat()) path.methods.add(name)
      paths.set(url, path)
    })

    api.setNotFoundHandler((request) => {
      const pathname = request.url.replace(/\?.*/s, '')
      const matching = [...paths.values()].filter(({ pattern }) => pattern.test(pathname))
      const methods = new Set(matching.flatMap((path) => [...path.methods]))
      if (methods.size === 0) throw notFound()
      const allowed = [...methods, 'OPTIONS']
      const detail = `${request.method} is not allowed here. Use ${new Intl.ListFormat('en', { type: 'disjunction' }).format(allowed)}.`
      throw new HttpError('method-not-allowed', detail, { headers: { allow: allowed.join(', ') } })
    })
  },
  { name: 'allowedMethods' },
)

/** Matches the paths of a route. A `URLPattern` would take away dots first, which the router does not. */
function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+'
    return segment === '*' ? '.*' : RegExp.escape(segment)
  })
  return new RegExp(`^${segments.join('/')}$`)
}
