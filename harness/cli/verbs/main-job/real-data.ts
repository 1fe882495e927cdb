import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ROOT_FOLDER } from '../../folders.ts'

/** Public vectors in the packages that tests depend on: file names below their test/data. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'bitcore-lib': [
    'blk86756-testnet.dat',
    'bitcoind/blocks.json',
    'bitcoind/script_tests.json',
    'bitcoind/wallet_test_vectors.json',
    'bitcoind/sig_canonical.json',
    'bitcoind/sig_noncanonical.json',
    'sighash.json',
    'bitcoind/script_assets_test.json',
  ],
  'bitcore-lib-ltc': [
    'blk1856255-testnet.dat',
    'bitcoind/script_tests.json',
    'bitcoind/tx_valid.json',
    'bitcoind/tx_invalid.json',
  ],
}

/** Chains of the larger set of vectors that the main job plays from genesis. */
const CHAINS = [
  'mainnet-blocks-0-438.dat',
  'mainnet-fork-blk_0_to_4.dat.bz2',
  'mainnet-fork-blk_3A.dat.bz2',
  'mainnet-fork-blk_4A.dat.bz2',
  'mainnet-fork-blk_5A.dat.bz2',
  'regtest-151-blocks.txt',
  'regtest-reorg.json',
]

/** The folder of the larger set: TOUCHSTONE_VECTORS, or shared/vectors beside this installation; undefined without it. */
export function vectorsFolder(): string | undefined {
  const named = process.env.TOUCHSTONE_VECTORS
  if (named !== undefined && named !== '') return named
  const beside = join(ROOT_FOLDER, '../shared/vectors')
  return existsSync(beside) ? beside : undefined
}

/** Every real block and vector that this machine has. */
export function realDataFiles(): string[] {
  const folder = vectorsFolder()
  const chains = folder === undefined ? [] : CHAINS.map((name) => join(folder, 'chains', name))
  return [
    ...Object.entries(PACKAGES).flatMap(([name, files]) => packageFiles(name, files)),
    ...chains,
  ].filter((file) => existsSync(file))
}

function packageFiles(name: string, files: readonly string[]): string[] {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return files.map((file) => join(folder, 'test/data', file))
  } catch {
    return []
  }
}
