import { describe, expect, it } from 'vitest'
import { chainLookup } from '../adapters/index.ts'
import type { ChainFile } from '../ports/index.ts'
import { flagsAt, isInForce } from './fork-flags.ts'

const bitcoin = chainLookup('bitcoin')!

describe('what a soft fork adds', () => {
  it.each([
    ['bip66', 363_725, 'DERSIG'],
    ['bip65', 388_381, 'CHECKLOCKTIMEVERIFY'],
    ['csv', 419_328, 'CHECKSEQUENCEVERIFY'],
    ['segwit', 481_824, 'WITNESS'],
    ['taproot', 709_632, 'TAPROOT'],
  ] as const)('is in force from the height of %s on', (fork, height, flag) => {
    expect([height - 1, height, height + 1].map((at) => isInForce(bitcoin, fork, at))).toEqual([
      false,
      true,
      true,
    ])
    expect(flagsAt(bitcoin, height - 1)).not.toContain(flag)
    expect(flagsAt(bitcoin, height)).toContain(flag)
    expect(flagsAt(bitcoin, height, new Set([fork]))).not.toContain(flag)
  })

  it('is always or never in force where the chain says so', () => {
    const csvIs = (csv: ChainFile['deployments']['csv']) =>
      isInForce({ ...bitcoin, deployments: { ...bitcoin.deployments, csv } }, 'csv', 0)
    expect([csvIs({ kind: 'always' }), csvIs({ kind: 'never' })]).toEqual([true, false])
  })
})
