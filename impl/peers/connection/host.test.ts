import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostOf, isLocalHost } from './host.ts'

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:8333', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:cb00:7109', '203.0.113.9'],
  ['[::ffff:203.0.113.9]:8333', '203.0.113.9'],
  ['2001:db8::1', '2001:db8:0:0:0:0:0:1'],
  ['[2001:DB8::0001]:8333', '2001:db8:0:0:0:0:0:1'],
  ['[2001:db8::1]', '2001:db8:0:0:0:0:0:1'],
  ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1'],
  ['Node.Example:18444', 'node.example'],
  ['scripted-3', 'scripted-3'],
  ['1::2::3', '1::2::3'],
  ['1:2:3', '1:2:3'],
  ['300.1.1.1', '300.1.1.1'],
])('the host of %s is %s', (address, host) => {
  expect(hostOf(address)).toBe(host)
})

test.each([
  '127.0.0.1',
  '127.255.255.255:1',
  '0.0.0.0',
  '::1',
  '[::1]:8333',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '[::ffff:127.9.9.9]:8333',
])('%s is local', (address) => {
  expect(isLocalHost(hostOf(address))).toBe(true)
})

test.each([
  '126.255.255.255',
  '128.0.0.1',
  '1.0.0.0',
  '::2',
  '1::1',
  '::127.0.0.1',
  '127.example',
  '127.0.0.1.example:80',
])('%s is not local', (address) => {
  expect(isLocalHost(hostOf(address))).toBe(false)
})

test('the port, brackets and zone of an IPv6 address do not change its host', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.nat(65535), (address, port) => {
      const host = hostOf(address)
      expect(host.split(/[:.]/)).toHaveLength(host.includes(':') ? 8 : 4)
      for (const spelling of [
        `[${address}]:${port}`,
        `[${address}]`,
        `${address}%1`,
        address.toUpperCase(),
        host,
      ])
        expect(hostOf(spelling)).toBe(host)
    }),
  )
})
