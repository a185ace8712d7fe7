import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { default as formats } from 'ajv-formats'
import fc from 'fast-check'
import {
  bearer,
  type Call,
  callsOf,
  framed,
  JSON_TYPE,
  type MalformedRequest,
  type Targets,
  targetOf,
} from './request.ts'
import { anyJson, wrongValue } from './wrong-values.ts'

/** Bodies and parameters that the OpenAPI description refuses: Ajv, which the service doesn't use, confirms it. */
export function fromDescription({ description, administrator }: Targets): fc.Arbitrary<MalformedRequest> {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false })
  formats.default(ajv)
  ajv.addSchema(description, 'openapi')
  const validatorOf = (schema: object) => ajv.compile(absolute(schema))
  const named = description.components.schemas
  const calls = callsOf(description)

  function wrongBody(call: Call): fc.Arbitrary<MalformedRequest>[] {
    const schema = call.operation.requestBody?.content['application/json']?.schema
    // A file of boards is answered part by part, whatever its JSON is: see files.ts.
    if (schema === undefined || call.path === '/jotc/batch') return []
    const validate = validatorOf(schema)
    const headers = [bearer(administrator), JSON_TYPE]
    const target = targetOf(call)
    return [
      wrongValue(schema, named)
        .map(overTheWire)
        .filter((body) => refuses(validate, body))
        .map((body) => {
          const bytes = framed({ method: call.method, target, headers, body: JSON.stringify(body) })
          return { wrong: 'the body', method: call.method, target, bytes, expects: [400] }
        }),
    ]
  }

  function wrongParameter(call: Call): fc.Arbitrary<MalformedRequest>[] {
    const bounded = (call.operation.parameters ?? []).filter(({ schema }) => !isAnyText(schema))
    return bounded.map(({ name, in: where, schema }) => {
      const validate = validatorOf(schema)
      return (
        wrongValue(schema, named)
          .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed())
          .filter((text) => refuses(validate, read(schema, text)))
          // An empty part of a path is another path.
          .filter((text) => (where === 'header' ? isHeaderValue(text) : where !== 'path' || text !== ''))
          .map((text) => {
            if (where === 'header')
              return request(call, targetOf(call), `the header ${name}`, [400], [`${name}: ${text}`])
            const id = where === 'path' ? encodeURIComponent(text.slice(0, 200)) : undefined
            const query = where === 'query' ? `?${name}=${encodeURIComponent(text)}` : ''
            const target = `${targetOf(call, id)}${query}`
            return request(call, target, `the parameter ${name}`, where === 'path' ? [400, 404, 405, 414] : [400])
          })
      )
    })
  }

  function strangeParameters(call: Call): fc.Arbitrary<MalformedRequest>[] {
    const queries = (call.operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
    if (queries.length === 0) return []
    const names = queries.map(({ name }) => name)
    const twice = fc.constantFrom(...names).map((name) => `${name}=1&${name}=2`)
    const unknown = fc
      .tuple(
        fc.oneof(fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'token'), fc.string({ minLength: 1 })),
        anyJson,
      )
      .filter(([name]) => !names.includes(name))
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(JSON.stringify(value).toWellFormed())}`)
    return [fc.oneof(twice, unknown).map((query) => request(call, `${targetOf(call)}?${query}`, 'the query', [400]))]
  }

  function request(
    { method }: Call,
    target: string,
    wrong: string,
    expects: number[],
    lines: string[] = [],
  ): MalformedRequest {
    const headers = [bearer(administrator), ...lines]
    return { wrong, method, target, bytes: framed({ method, target, headers }), expects }
  }

  return fc.oneof(...calls.flatMap((call) => [...wrongBody(call), ...wrongParameter(call), ...strangeParameters(call)]))
}

/** References lead into the description, wherever the part of it stands. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'))
}

/** What a service reads of a value that was sent as JSON: `-0` and `undefined` are lost on the way. */
function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** Of such a parameter the description refuses nothing. */
function isAnyText({ type, ...limits }: Record<string, unknown>): boolean {
  return type === 'string' && !['pattern', 'format', 'enum', 'minLength', 'maxLength'].some((limit) => limit in limits)
}

/** What arrives as it was sent: spaces around a value are no part of it. */
function isHeaderValue(text: string): boolean {
  return /^[!-~](?:[ -~]*[!-~])?$/.test(text)
}

function refuses(validate: ValidateFunction, value: unknown): boolean {
  return value !== undefined && !validate(value)
}

/** A text in a URL is a number only in its plain form. */
function read({ type }: { type?: unknown }, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true'
  return text
}
