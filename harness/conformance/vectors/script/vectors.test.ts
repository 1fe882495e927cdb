import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSpecEngine } from '../../../adapters/index.ts'
import type { VectorCase, VectorContent } from '../format.ts'
import { scriptFormats } from './index.ts'

const require = createRequire(import.meta.url)
const engine = createSpecEngine()

interface VectorFile {
  readonly file: string
  readonly format: string
  readonly count: number
  /** Every so many cases of a large file, to keep the test short. */
  readonly step?: number
}

const LITECOIN = 'bitcore-lib-ltc/test/data'
const BITCOIN = 'bitcore-lib/test/data'

/** Files that come with development packages. */
const FILES: readonly VectorFile[] = [
  { file: `${LITECOIN}/bitcoind/script_tests.json`, format: 'script tests', count: 1203 },
  { file: `${LITECOIN}/bitcoind/tx_valid.json`, format: 'valid transactions', count: 120 },
  { file: `${LITECOIN}/bitcoind/tx_invalid.json`, format: 'invalid transactions', count: 92 },
  { file: `${LITECOIN}/sighash.json`, format: 'signature hashes', count: 500 },
  { file: `${BITCOIN}/bitcoind/script_tests.json`, format: 'script tests', count: 1189 },
  { file: `${BITCOIN}/bitcoind/tx_valid.json`, format: 'valid transactions', count: 50 },
  { file: `${BITCOIN}/bitcoind/tx_invalid.json`, format: 'invalid transactions', count: 39 },
  { file: `${BITCOIN}/bitcoind/sig_canonical.json`, format: 'canonical signatures', count: 5 },
  { file: `${BITCOIN}/bitcoind/sig_noncanonical.json`, format: 'non-canonical signatures', count: 15 },
  { file: `${BITCOIN}/bitcoind/wallet_test_vectors.json`, format: 'BIP341 wallet', count: 35 },
  {
    file: `${BITCOIN}/bitcoind/script_assets_test.json`,
    format: 'taproot script assets',
    count: 2243,
    step: 10,
  },
]

describe('public script vectors on the specification', () => {
  it.each(FILES)('$file', { timeout: 60_000 }, ({ file, format, count, step = 1 }) => {
    const content = load(file)
    const formats = scriptFormats.filter(({ detects }) => detects(content))
    expect(formats.map(({ name }) => name)).toEqual([format])
    const { cases } = formats[0]!.read(content)
    expect(cases).toHaveLength(count)
    expect(new Set(cases.map(({ id }) => id)).size).toBe(count)
    expect(failuresOf(cases.filter((_, index) => index % step === 0))).toEqual([])
  })

  it('BIP340 signatures', () => {
    const rows: Record<string, string | boolean>[] = require('bitcore-lib/test/data/bip340.js')
    const head = 'index,secret key,public key,aux_rand,message,signature,verification result,comment'
    const lines = rows.map((row) =>
      Object.values(row).join().replace('true', 'TRUE').replace('false', 'FALSE'),
    )
    const content = { bytes: new TextEncoder().encode([head, ...lines].join('\n')) }
    const format = scriptFormats.find(({ detects }) => detects(content))!
    expect(format.name).toBe('BIP340 signatures')
    const { cases } = format.read(content)
    expect(cases.length).toBeGreaterThanOrEqual(15)
    expect(failuresOf(cases)).toEqual([])
  })
})

function failuresOf(cases: readonly VectorCase[]): string[] {
  return cases.flatMap(({ id, run }) => {
    const verdict = run(engine)
    return verdict !== 'pass' && 'fail' in verdict ? [`${id}: ${verdict.fail}`] : []
  })
}

function load(file: string): VectorContent {
  const [name, ...path] = file.split('/')
  const bytes = readFileSync(join(dirname(require.resolve(`${name}/package.json`)), ...path))
  return { bytes, json: JSON.parse(bytes.toString()) }
}
