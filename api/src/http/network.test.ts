import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detailsOf, system } from '@jotc/testing/service/system'
import { clientNetwork, isDirectNeighbour } from './network.ts'

const GONE = { socket: { remoteAddress: undefined } }
const from = (ip: string) => clientNetwork({ ip, ...GONE })

test('a client is an IPv4 address, or the /64 of an IPv6 one', () => {
  assert.equal(from('::ffff:192.0.2.1'), from('192.0.2.1'))
  assert.notEqual(from('192.0.2.1'), from('192.0.2.2'))
  assert.equal(from('2001:db8:1:2::1'), from('2001:db8:1:2:ffff::9'))
  assert.notEqual(from('2001:db8:1:2::1'), from('2001:db8:1:3::1'))
})

test('a client that has left is no error', () => {
  assert.equal(from(''), 'unknown')
  assert.equal(isDirectNeighbour({ headers: {}, ...GONE }), false)
})

test('clients whose address proxies write with a port, or not at all, are told apart as far as can be', async (t) => {
  const { api } = await system(t, { RATE_LIMIT_LOGIN: 1, TRUST_PROXY: ['192.0.2.0/24'] })
  let people = 0
  const signsIn = async (forwarded: string) => {
    const request = { method: 'POST', url: '/login', remoteAddress: '192.0.2.1' } as const
    const headers = { 'x-forwarded-for': forwarded }
    return (await api.inject({ ...request, headers, payload: detailsOf(`p${++people}`) })).statusCode
  }
  for (const [first, second, isOne] of [
    ['198.51.100.1:5678', '198.51.100.1:5679', true],
    ['[2001:db8::1]:443', '[2001:db8::2]:444', true],
    ['198.51.100.2:5678', '198.51.100.3:5678', false],
    ['198.51.100.4:5678, 192.0.2.7:443', '198.51.100.5:5678, 192.0.2.7:443', false],
    ['unknown', '_hidden', true],
  ] as const) {
    // A client has ten times the limit of an address.
    for (let n = 0; n < 10; n++) assert.equal(await signsIn(first), 200, first)
    assert.equal(await signsIn(second), isOne ? 429 : 200, second)
  }
})
