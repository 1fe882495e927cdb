import { describe, expect, test } from 'vitest'
import { testChainFile } from '../testing/chains.ts'
import { crypto } from '../testing/test-chain.ts'
import { hashToHex } from '../wire/index.ts'
import { BUILT_IN_CHAINS, builtInChain } from './built-in.ts'
import { parseChainFile } from './chain-file.ts'
import { ChainFileError } from './chain-file-field.ts'
import { unspecifiedRules } from './unspecified-rules.ts'

const GENESIS = {
  bitcoin: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
  testnet3: '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
  testnet4: '00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043',
  signet: '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6',
  regtest: '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
}

describe('built-in chains', () => {
  test.each(BUILT_IN_CHAINS)('%s begins with its genesis', (name) => {
    expect(hashToHex(builtInChain(name, crypto)!.genesis.hash)).toBe(GENESIS[name])
  })

  test("a signet's magic is the hash of its challenge", () => {
    const { signetChallenge, magic } = builtInChain('signet', crypto)!
    const hash = crypto.hash256(Uint8Array.of(signetChallenge!.length, ...signetChallenge!))
    expect(magic).toEqual(hash.subarray(0, 4))
  })

  test('others are not built in', () => {
    for (const name of ['tiny', '', 'toString']) expect(builtInChain(name, crypto)).toBeUndefined()
  })
})

describe('a chain file', () => {
  const file = testChainFile(crypto)

  test('is a chain', () => {
    const chain = parseChainFile(
      {
        ...file,
        exceptions: { ['ab'.repeat(32)]: ['P2SH'] },
        bip30Exceptions: [{ height: 7, hash: 'cd'.repeat(32) }],
        signetChallenge: '51',
        specifiedBelowHeight: 9,
      },
      crypto,
    )
    expect(chain.limits.coinbaseMaturity).toBe(3)
    expect(chain.exceptions.get('ab'.repeat(32))).toEqual(['P2SH'])
    expect(chain.duplicates.exceptions.get('cd'.repeat(32))).toBe(7)
    expect(chain.signetChallenge).toEqual(Uint8Array.of(0x51))
    expect(chain.specifiedBelowHeight).toBe(9)
  })

  const second = () => {
    return {
      ...file,
      format: 'touchstone-chain/2',
      scriptsFromGenesis: true,
      scriptFlagExceptions: [{ hash: 'ab'.repeat(32), features: ['p2sh', 'witness'] }],
      wholePeriodRetarget: true,
      minVersionWithSegwit: 7,
    }
  }

  test('of version 2 says what version 1 leaves to be inferred', () => {
    const chain = parseChainFile(second(), crypto)
    expect(chain.scriptsFromGenesis).toBe(true)
    expect(chain.exceptions).toEqual(new Map([['ab'.repeat(32), ['TAPROOT']]]))
    expect(chain.limits.measuresWholePeriods).toBe(true)
    expect(chain.minVersionWithSegwit).toBe(7)
  })

  test.each(['sha256d', 'scrypt'])('of version 1 with %s has the header rules of old', (proofOfWork) => {
    const chain = parseChainFile({ ...file, proofOfWork }, crypto)
    const isLitecoin = proofOfWork === 'scrypt'
    expect(chain.scriptsFromGenesis).toBe(false)
    expect(chain.limits.measuresWholePeriods).toBe(isLitecoin)
    expect(chain.minVersionWithSegwit).toBe(isLitecoin ? 0x20000000 : 0)
  })

  test.each([
    [{ scriptsFromGenesis: undefined }, 'scriptsFromGenesis: expected true or false'],
    [{ wholePeriodRetarget: 1 }, 'wholePeriodRetarget: expected true or false'],
    [{ minVersionWithSegwit: -1 }, 'minVersionWithSegwit: expected a whole number'],
    [{ exceptions: {} }, 'exceptions: expected no such field'],
    [
      { scriptFlagExceptions: [{ hash: 'ab'.repeat(32), features: ['csv'] }] },
      'features.0: expected one of p2sh',
    ],
  ])('of version 2 with %o is refused', (change, line) => {
    expect(() => parseChainFile({ ...second(), ...change }, crypto)).toThrow(line)
  })

  test.each([
    [8, 'info'],
    [9, 'warning'],
    [10, 'warning'],
  ])('may have unknown rules from height 9 on: a tip at %d asks for level %s', (height, level) => {
    expect(unspecifiedRules({ name: 'x', specifiedBelowHeight: 9 }, height)).toMatchObject({
      level,
      message: expect.stringContaining('x has rules from height 9 on'),
    })
    expect(unspecifiedRules({ name: 'x' }, height)).toBe(undefined)
  })

  test('may lock soft forks in by height', () => {
    const csv = {
      kind: 'bip8',
      bit: 28,
      startHeight: 8,
      timeoutHeight: 32,
      lockInOnTimeout: true,
      threshold: 6,
      window: 8,
    }
    const parse = (deployment: object) =>
      parseChainFile(testChainFile(crypto, { deployments: { csv: deployment } }), crypto)
    expect(parse(csv).deployments.csv).toEqual(csv)
    expect(() => parse({ ...csv, bit: 29 })).toThrow(
      'deployments.csv.bit: expected a whole number from 0 to 28',
    )
    expect(() => parse({ ...csv, startTime: 1 })).toThrow('deployments.csv.startTime: expected no such field')
    expect(() => parse({ ...csv, lockInOnTimeout: 1 })).toThrow('lockInOnTimeout: expected true or false')
  })

  test('may hold bytes by the megabyte', () => {
    const signetChallenge = 'ab'.repeat(5_000_000)
    expect(() => parseChainFile({ ...file, signetChallenge }, crypto)).not.toThrow()
    expect(() => parseChainFile({ ...file, signetChallenge: `${signetChallenge}a` }, crypto)).toThrow(
      'signetChallenge: expected lower-case hex',
    )
  })

  const set = (path: string, value: unknown): unknown => {
    const copy = structuredClone(file) as Record<string, unknown>
    const names = path.split('.')
    let at = copy
    for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>
    at[names.at(-1)!] = value
    return copy
  }

  test.each([
    [null, 'top level: expected an object'],
    [set('format', 'touchstone-chain/3'), 'format: expected one of'],
    [set('name', 'Tiny'), 'name: expected a name of lower-case letters'],
    [set('colour', 'red'), 'colour: expected no such field'],
    [
      set('genesisBlock', '00'),
      'genesisBlock: expected a serialized block (DataStream::read(): end of data)',
    ],
    [set('genesisBlock', '0'), 'genesisBlock: expected lower-case hex'],
    [set('magic', 'aabb'), 'magic: expected 8 hex digits'],
    [set('port', 0), 'port: expected a whole number from 1 to 65535'],
    [set('proofOfWork', 'sha256'), 'proofOfWork: expected one of sha256d, scrypt'],
    [set('limits.coinbaseMaturityBlocks', -1), 'limits.coinbaseMaturityBlocks: expected a whole number'],
    [set('limits.noRetargeting', 1), 'limits.noRetargeting: expected true or false'],
    [set('limits.powLimit', 'ff'), 'limits.powLimit: expected 64 hex digits'],
    [set('deployments.csv', { kind: 'height' }), 'deployments.csv.height: expected a whole number'],
    [set('deployments.csv', { kind: 'later' }), 'deployments.csv.kind: expected one of'],
    [set('deployments.csv', { kind: 'never', height: 1 }), 'deployments.csv.height: expected no such field'],
    [set('exceptions', { ab: [] }), 'exceptions.ab: expected a name of 64 hex digits'],
    [set('exceptions', { ['ab'.repeat(32)]: ['p2sh'] }), 'expected the name of a script flag'],
    [set('bip30Exceptions', {}), 'bip30Exceptions: expected a list'],
    [set('addresses.bech32', ''), 'addresses.bech32: expected text'],
  ])('that is wrong is named in one line: %#', (data, message) => {
    const read = () => parseChainFile(data, crypto)
    expect(read).toThrow(ChainFileError)
    expect(read).toThrow(message)
    expect(read).not.toThrow('\n')
  })
})
