import { describe, expect, it } from 'vitest'
import { chainByName } from '../../../../spec/index.ts'
import { accountOf } from './owners.ts'

/** The script in hex of whatever `--balance` and `--payer` name. */
function script(owner: string, chain: string): string {
  const data = { chain: chainByName(chain)!, scriptOfName: () => undefined }
  return accountOf(owner, data).replace('script:', '')
}

describe('an owner', () => {
  it.each([
    // Core's key_io_valid.json, BIP173 and BIP350
    ['1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo', 'bitcoin', '76a914a31c06bd463e3923bc1aadbde48b16976c08071788ac'],
    ['3P14159f73E4gFr7JterCCQh9QjiTjiZrG', 'bitcoin', 'a914e9c3dd0c07aac76179ebc76a6c78d4d67c6c160a87'],
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bitcoin', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      'bitcoin',
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
  ])('%s', (address, chain, expected) => expect(script(address, chain)).toBe(expected))

  it('is a script in hex as well, of any length', () => {
    expect(script('51', 'bitcoin')).toBe('51')
    expect(script('11'.repeat(3_000_000), 'bitcoin')).toHaveLength(6_000_000)
  })

  it.each([
    ['a letter changed', '1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mp'],
    ['another chain', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx'],
    ['upper and lower case', 'bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'],
    ['version 0 with the checksum of version 1', 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KEMEAWH'],
    ['nonsense', 'hello'],
    ['nothing', ''],
    ['a great deal', 'z'.repeat(2_000_000)],
  ])('refuses %s', (_, address) =>
    expect(() => script(address, 'bitcoin')).toThrow('expected a script in hex, an address of bitcoin'),
  )
})
