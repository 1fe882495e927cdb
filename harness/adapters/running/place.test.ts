import { expect, it } from 'vitest'
import { readPlace } from './place.ts'
import { BIP22_WORDS } from './words.ts'

it.each([
  [
    'http://me:secret@127.0.0.1:18443',
    { host: '127.0.0.1', port: 18443, credentials: 'me:secret' },
    undefined,
  ],
  [
    'http://a%3Ab:c@node.example:8332/+p2p:10.0.0.1:8333',
    { host: 'node.example', port: 8332, credentials: 'a:b:c' },
    { host: '10.0.0.1', port: 8333 },
  ],
])('%s is read', (text, rpc, p2p) => {
  expect(readPlace(text)).toEqual({ rpc, ...(p2p && { p2p }) })
})

it.each([
  '127.0.0.1:18443',
  'https://127.0.0.1:18443',
  'http://127.0.0.1',
  'http://h:1+p2p:h',
  'http://h:1+p2p:h:70000',
])('%s is refused in one line', (text) => {
  expect(() => readPlace(text)).toThrow(/^rpc:.*: expected rpc:http:\/\/user:password@host:port or .*$/)
})

it('names a cookie that cannot be read', () => {
  expect(() => readPlace('http://127.0.0.1:1?cookie=/no/such')).toThrow('/no/such: cannot be read')
})

it.each([
  ['inconclusive', 'kept'],
  ['duplicate-inconclusive', 'kept'],
  ['duplicate', 'duplicate'],
  ['duplicate-invalid', 'duplicate'],
  ['bad-prevblk', 'invalid-ancestor'],
  ['bad-txns-vin-empty', { reason: 'bad-txns-vin-empty', class: 'invalid' }],
  ['bad-txnmrklroot', { reason: 'bad-txnmrklroot', class: 'mutated' }],
  ['bad-version(0x00000001)', { reason: 'bad-version', class: 'invalid' }],
  ['rejected', undefined],
])('the word %s', (said, means) => {
  expect(BIP22_WORDS.find(({ pattern }) => pattern.test(said))?.means).toEqual(means)
})
