import { validators } from '@jotc/testing/service/conformity'
import fc from 'fast-check'
import {
  bearer,
  type Call,
  callsOf,
  JSON_TYPE,
  type MalformedRequest,
  malformed,
  type Targets,
  targetOf,
} from './request.ts'

/** Bodies and parameters that the OpenAPI description refuses: Ajv, which the service doesn't use, confirms it. */
export function fromDescription({ description, administrator }: Targets): fc.Arbitrary<MalformedRequest> {
  const validatorOf = validators(description)

  function wrongBody(call: Call): fc.Arbitrary<MalformedRequest>[] {
    const { method, path, operation } = call
    const schema = operation.requestBody?.content['application/json']?.schema
    // A file of boards is answered part by part, whatever its JSON is: see grammar.ts.
    if (schema === undefined || path === '/jotc/batch') return []
    const place = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
    const isRight = validatorOf(...place)
    const names = JSON.stringify(schema).matchAll(/schemas\/(\w+)/g)
    const examples = [...names].flatMap(([, name = '']) => description.components.schemas[name]?.examples ?? [])
    const request = { wrong: 'the body', method, target: targetOf(call), headers: [bearer(administrator), JSON_TYPE] }
    return [
      fc
        .oneof(...examples.map(changed))
        .map((body) => JSON.stringify(body))
        // What a service reads of it: `-0` and `undefined` are lost on the way.
        .filter((body) => !isRight(JSON.parse(body)))
        .map((body) => malformed({ ...request, body })),
    ]
  }

  function wrongParameters(call: Call): fc.Arbitrary<MalformedRequest>[] {
    const { method, path, operation } = call
    return (operation.parameters ?? []).flatMap(({ name, in: where, schema }, n) => {
      if (isAnyText(schema)) return []
      const isRight = validatorOf('paths', path, method.toLowerCase(), 'parameters', `${n}`, 'schema')
      const text = anyValue
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed())
        .filter((text) => !isRight(read(schema, text)))
      const wrong = `the ${where === 'header' ? where : 'parameter'} ${name}`
      if (where === 'header') {
        // As it was sent arrives what has no spaces around it.
        const line = text.filter((text) => /^[!-~](?:[ -~]*[!-~])?$/.test(text)).map((text) => `${name}: ${text}`)
        return line.map((line) => request(call, targetOf(call), wrong, [400], line))
      }
      if (where === 'query') return text.map((text) => request(call, query(call, [name, text]), wrong))
      // An empty part of a path is another path.
      const part = text.filter((text) => text !== '').map((text) => encodeURIComponent(text.slice(0, 200)))
      return part.map((id) => request(call, targetOf(call, id), wrong, [400, 404, 405, 414]))
    })
  }

  function strangeParameters(call: Call): fc.Arbitrary<MalformedRequest>[] {
    const names = (call.operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name)
    if (names.length === 0) return []
    const twice = fc.constantFrom(...names).map((name) => query(call, [name, '1'], [name, '2']))
    const unknown = fc
      .tuple(strangeName, fc.string())
      .filter(([name]) => !names.includes(name))
      .map((parameter) => query(call, parameter))
    return [fc.oneof(twice, unknown).map((target) => request(call, target, 'the query'))]
  }

  function request({ method }: Call, target: string, wrong: string, expects = [400], ...lines: string[]) {
    return malformed({ wrong, method, target, headers: [bearer(administrator), ...lines], expects })
  }

  const calls = callsOf(description)
  return fc.oneof(
    ...calls.flatMap((call) => [...wrongBody(call), ...wrongParameters(call), ...strangeParameters(call)]),
  )
}

function query(call: Call, ...parameters: [name: string, value: string][]): string {
  return `${targetOf(call)}?${new URLSearchParams(parameters)}`
}

/** Of such a parameter the description refuses nothing. */
function isAnyText({ type, ...limits }: Record<string, unknown>): boolean {
  return type === 'string' && !['pattern', 'format', 'enum', 'minLength', 'maxLength'].some((limit) => limit in limits)
}

/** A text in a URL is a number only in its plain form. */
function read({ type }: { type?: unknown }, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true'
  return text
}

/** Any JSON, with what parsers and databases trip over, and near misses of numbers, words and days. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 101, 1e308, 2 ** 53, '', ' ', [], {}, [[]], [null]),
  fc.constantFrom('__proto__', 'constructor', '\u0000', '\ud800', '\u202e', "' or 1=1 --", '../../etc/passwd', '%00'),
  fc.constantFrom('-1', '-0', '1e3', '0x10', 'NaN', 'Infinity', ' 1', '1.5', '1000001', 'asc ', 'createdAt ', 'TRUE'),
  fc.constantFrom('2001-02-29', '2001-00-10', '0000-01-01', '1111', '2000-1-2', '01/02/2000', '+012000-01-01'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer({ min: 30, max: 1_100 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 1, max: 60 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
)
const strangeName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'token', 'role'),
  fc.string({ minLength: 1 }),
)

/** A good object in which something is another value, missing or too much, at any depth; mostly wrong. */
function changed(good: object): fc.Arbitrary<unknown> {
  const entries = Object.entries(good)
  const replaced = entries.map(([name, value]) =>
    (isObject(value) ? fc.oneof(changed(value), anyValue) : anyValue).map((other) => ({ ...good, [name]: other })),
  )
  const missing = fc.subarray(entries).map((kept) => Object.fromEntries(kept))
  const more = fc
    .tuple(strangeName, anyValue)
    .map(([name, value]) => Object.defineProperty({ ...good }, name, { value, enumerable: true }))
  return fc.oneof({ arbitrary: fc.oneof(...replaced), weight: 4 }, missing, more, anyValue)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
