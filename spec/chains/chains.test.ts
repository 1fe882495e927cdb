import { describe, expect, it } from 'vitest'
import { blockHash, decodeBlock, fromHex, transactionTree, workHash } from '../encoding/index.ts'
import { decodeCompact } from '../vocabulary/index.ts'
import type { Chain } from './index.ts'
import { chainByName, chainFiles, decodeChainFile, found, genesisHash } from './index.ts'

const chains = [...chainFiles.keys()].map((name) => [name, chainByName(name)!] as [string, Chain])

describe.each(chains)('%s', (name, chain) => {
  it('has a genesis that commits to its transaction and does its work', () => {
    const { header, transactions } = chain.genesis
    expect(chain.name).toBe(name)
    expect(transactionTree(transactions).root).toBe(header.merkleRoot)
    expect(BigInt(`0x${workHash(chain.proofOfWork, header)}`) <= decodeCompact(header.bits).target).toBe(true)
  })
})

describe('chains', () => {
  it.each([
    ['bitcoin', '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'],
    ['testnet3', '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943'],
    ['testnet4', '00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043'],
    ['signet', '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6'],
    ['regtest', '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'],
    ['litecoin', '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2'],
    ['litecoin-regtest', '530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9'],
  ])('%s begins with %s', (name, hash) => expect(genesisHash(chainByName(name)!)).toBe(hash))
  it.each([
    ['litecoin', 2_265_984],
    ['litecoin-regtest', 432],
    ['bitcoin', undefined],
  ])('%s is specified below height %s', (name, height) =>
    expect(chainByName(name)!.specifiedBelowHeight).toBe(height),
  )
  it('are known by name only', () => expect(chainByName('nowhere')).toBeUndefined())
})

describe('a chain file', () => {
  const tiny = chainFiles.get('tiny') as Record<string, unknown> & { limits: object; deployments: object }
  const error = (changes: object) => {
    const decoded = decodeChainFile({ ...tiny, ...changes })
    return decoded.ok ? undefined : decoded.error
  }
  it('is read', () => {
    expect(error({})).toBeUndefined()
    expect(chainByName('tiny')!.limits).toMatchObject({
      coinbaseMaturityBlocks: 3,
      retargetIntervalBlocks: 4,
    })
  })
  it.each([
    [{ name: 'No Slug' }, 'chain file.name: expected a slug, found "No Slug"'],
    [{ magic: 'xyz' }, 'chain file.magic: expected 8 hex digits, found "xyz"'],
    [{ port: 0 }, 'chain file.port: expected a whole number from 1 to 65535, found 0'],
    [{ proofOfWork: 'x11' }, 'chain file.proofOfWork: expected sha256d or scrypt, found "x11"'],
    [
      { specifiedBelowHeight: -1 },
      'chain file.specifiedBelowHeight: expected a whole number from 0 to 2147483647, found -1',
    ],
    [{ limits: [] }, 'chain file.limits: expected an object, found []'],
    [{ colour: 1 }, 'chain file.colour: expected no field of this name'],
    [
      { genesisBlock: '00' },
      'chain file.genesisBlock: expected a serialized block (end of data: 4 bytes wanted at byte 0), found "00"',
    ],
    [{ exceptions: {} }, 'chain file.exceptions: expected no field of this name'],
    [
      { bip30Exceptions: [{ height: 1 }] },
      'chain file.bip30Exceptions[0].hash: expected 64 hex digits, found nothing',
    ],
    [
      { signetChallenge: 'f' },
      'chain file.signetChallenge: expected lower-case hex, two digits a byte, found "f"',
    ],
    [
      { limits: { ...tiny.limits, halvingIntervalBlocks: 0 } },
      'chain file.limits.halvingIntervalBlocks: expected a whole number from 1, found 0',
    ],
    [
      { deployments: { ...tiny.deployments, csv: { kind: 'height' } } },
      'chain file.deployments.csv.height: expected a whole number from 0 to 2147483647, found nothing',
    ],
    [
      { deployments: { ...tiny.deployments, csv: { kind: 'always', height: 3 } } },
      'chain file.deployments.csv.height: expected no field of this name',
    ],
  ])('says in one line what is wrong: %o', (changes, line) => expect(error(changes)).toBe(line))
  it('may hold bytes by the megabyte', () => {
    const signetChallenge = 'ab'.repeat(5_000_000)
    expect(error({ signetChallenge })).toBeUndefined()
    expect(error({ signetChallenge: `${signetChallenge}a` })).toMatch(
      /^chain file.signetChallenge: expected lower-case hex/,
    )
  })
  it('is an object', () =>
    expect(decodeChainFile(7)).toEqual({ ok: false, error: 'chain file: expected an object, found 7' }))
})

describe('a chain file of version 2', () => {
  const file = {
    ...(chainFiles.get('litecoin-regtest') as object),
    format: 'touchstone-chain/2',
    scriptsFromGenesis: true,
    scriptFlagExceptions: [
      { hash: 'ab'.repeat(32), features: [] },
      { hash: 'cd'.repeat(32), features: ['p2sh', 'witness'] },
    ],
    wholePeriodRetarget: false,
    minVersionWithSegwit: 0,
  }
  const read = (changes: object) => {
    const decoded = decodeChainFile({ ...file, ...changes })
    return decoded.ok ? decoded.chain : decoded.error
  }
  const limitsOf = (changes: object) => {
    const decoded = decodeChainFile({ ...file, ...changes })
    if (!decoded.ok) throw new Error(decoded.error)
    const { wholePeriodRetarget, minVersionWithSegwit } = decoded.chain.limits
    return [wholePeriodRetarget, minVersionWithSegwit]
  }
  it('says what version 1 leaves to be inferred', () => {
    expect(read({})).toMatchObject({ scriptsFromGenesis: true })
    expect(limitsOf({})).toEqual([false, -0x80000000])
    expect(limitsOf({ wholePeriodRetarget: true, minVersionWithSegwit: 0x20000000 })).toEqual([
      true,
      0x20000000,
    ])
    for (const [name, isLitecoin, isFromGenesis] of [
      ['tiny', false, true],
      ['litecoin', true, false],
      ['bitcoin', false, true],
    ] as const) {
      const { limits, scriptsFromGenesis } = chainByName(name)!
      expect(scriptsFromGenesis).toBe(isFromGenesis)
      expect(limits.wholePeriodRetarget).toBe(isLitecoin)
      expect(limits.minVersionWithSegwit).toBe(isLitecoin ? 0x20000000 : -0x80000000)
    }
  })
  it('lists what applies to a block; what does not is left out', () => {
    expect(read({})).toMatchObject({
      exceptions: new Map([
        ['ab'.repeat(32), ['P2SH', 'WITNESS', 'TAPROOT']],
        ['cd'.repeat(32), ['TAPROOT']],
      ]),
    })
    const { scriptFlagExceptions: _list, ...without } = file
    const decoded = decodeChainFile(without)
    expect(decoded.ok && decoded.chain.exceptions).toEqual(new Map())
  })
  it.each([
    [{ scriptsFromGenesis: 1 }, 'chain file.scriptsFromGenesis: expected true or false, found 1'],
    [{ exceptions: {} }, 'chain file.exceptions: expected no field of this name'],
    [
      { minVersionWithSegwit: -1 },
      'chain file.minVersionWithSegwit: expected a whole number from 0 to 2147483647, found -1',
    ],
    [
      { scriptFlagExceptions: [{ hash: 'ab'.repeat(32), features: ['csv'] }] },
      'chain file.scriptFlagExceptions[0].features: expected a list of p2sh, witness, taproot, found ["csv"]',
    ],
  ])('says in one line what is wrong: %o', (changes, line) => expect(read(changes)).toBe(line))
})

describe('a chain file of version 1', () => {
  it.each([
    ['tiny', false],
    ['litecoin', true],
  ])('is read with the meaning it had: %s', (name, isLitecoin) => {
    const { scriptsFromGenesis, wholePeriodRetarget, minVersionWithSegwit, ...rest } = chainFiles.get(
      name,
    ) as Record<string, unknown>
    const exceptions = { ['ab'.repeat(32)]: ['TAPROOT'] }
    const decoded = decodeChainFile({ ...rest, format: 'touchstone-chain/1', exceptions })
    if (!decoded.ok) throw new Error(decoded.error)
    const { chain } = decoded
    expect(chain.scriptsFromGenesis).toBe(false)
    expect([...chain.exceptions]).toEqual([['ab'.repeat(32), ['TAPROOT']]])
    expect(chain.limits).toMatchObject({
      wholePeriodRetarget: isLitecoin,
      minVersionWithSegwit: isLitecoin ? 0x20000000 : -0x80000000,
    })
  })
})

describe('a schedule', () => {
  const file = chainFiles.get('tiny') as { deployments: object }
  const read = (schedule: object) => {
    const decoded = decodeChainFile({ ...file, deployments: { ...file.deployments, csv: schedule } })
    return decoded.ok ? decoded.chain.deployments.csv : decoded.error
  }
  const signalled = { bit: 1, threshold: 3, window: 4 }
  it.each([
    { kind: 'never' },
    { kind: 'time', medianTime: 5 },
    { kind: 'bip9', startTime: 1, timeout: 2, minActivationHeight: 3, ...signalled },
    { kind: 'bip8', startHeight: 4, timeoutHeight: 8, lockInOnTimeout: true, ...signalled },
  ])('is read: %o', (schedule) => expect(read(schedule)).toEqual(schedule))
  it('of BIP9 waits for no height by default', () => {
    expect(read({ kind: 'bip9', startTime: 1, timeout: 2, ...signalled })).toMatchObject({
      minActivationHeight: 0,
    })
  })
  it('of BIP8 says whether it locks in at the timeout', () => {
    expect(read({ kind: 'bip8', startHeight: 4, timeoutHeight: 8, ...signalled })).toBe(
      'chain file.deployments.csv.lockInOnTimeout: expected true or false, found nothing',
    )
  })
})

describe('founding', () => {
  const base = chainFiles.get('tiny')
  const founding = { name: 'village', message: 'a stone of our own', time: 1_700_000_000, base }
  it('mines a genesis of its own and gives a chain file', () => {
    const founded = found({ ...founding, limits: { coinbaseMaturityBlocks: 5 } })
    if (!founded.ok) throw new Error(founded.error)
    const decoded = decodeChainFile(founded.file)
    if (!decoded.ok) throw new Error(decoded.error)
    const { chain } = decoded
    expect(chain.limits.coinbaseMaturityBlocks).toBe(5)
    expect(genesisHash(chain)).not.toBe(genesisHash(chainByName('tiny')!))
    expect(transactionTree(chain.genesis.transactions).root).toBe(chain.genesis.header.merkleRoot)
    expect(BigInt(`0x${blockHash(chain.genesis.header)}`) <= chain.limits.powLimit).toBe(true)
    expect(found({ ...founding, limits: { coinbaseMaturityBlocks: 5 } })).toEqual(founded)
  })
  it('takes over nothing that is true of the old chain alone', () => {
    const founded = found({ ...founding, base: { ...(base as object), specifiedBelowHeight: 9 } })
    expect(founded.ok && 'specifiedBelowHeight' in founded.file).toBe(false)
    expect(founded.ok).toBe(true)
  })
  it('writes the message into the genesis', () => {
    const founded = found(founding)
    if (!founded.ok) throw new Error(founded.error)
    const { genesisBlock } = founded.file as { genesisBlock: string }
    const decoded = decodeBlock(fromHex(genesisBlock))
    if (!decoded.ok) throw new Error(decoded.error.problem)
    const { scriptSig } = decoded.value.transactions[0]!.inputs[0]!
    expect(new TextDecoder().decode(scriptSig)).toContain(founding.message)
  })
  it.each([
    [{ name: 'Bad Name' }, 'chain file.name: expected a slug, found "Bad Name"'],
    [{ message: 'x'.repeat(76) }, 'message: expected at most 75 bytes'],
    [{ base: {} }, 'chain file.format: expected touchstone-chain/1 or touchstone-chain/2, found nothing'],
    [{ limits: { maxMoney: 1 } }, 'chain file.limits.maxMoney: expected no field of this name'],
  ])('refuses %o in one line', (changes, error) =>
    expect(found({ ...founding, ...changes })).toEqual({ ok: false, error }),
  )
})
