import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { InPlaceChecks } from '../script-engine/index.ts'
import { testChain, testChainFile } from '../testing/chains.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { type Block, bytesToHex } from '../wire/index.ts'
import { DiskFiles } from './disk-files.ts'
import { LmdbStore } from './lmdb-store.ts'

/** The bundle that `npm run prepare` makes: what a killed process runs. */
const BUNDLE = path.resolve('dist/node.js')
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-kill-'))
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }))

const CHILD = `
import fs from 'node:fs'
const [bundle, directory] = process.argv.slice(2)
const { chooseCrypto, Chainstate, decodeBlock, DiskFiles, InPlaceChecks, LmdbStore, parseChainFile } = await import(bundle)
const { crypto } = chooseCrypto()
const { chain, blocks } = JSON.parse(fs.readFileSync(directory + '/story.json', 'utf8'))
const chainstate = new Chainstate({
  chain: parseChainFile(chain, crypto),
  files: new DiskFiles(directory + '/files'),
  store: new LmdbStore(directory + '/store'),
  crypto,
  checks: new InPlaceChecks({ crypto }),
  flushAfterBlocks: 7,
  flushSliceOperations: 3,
})
for (const [i, hex] of blocks.entries()) {
  chainstate.acceptBlock(decodeBlock(Uint8Array.from(Buffer.from(hex, 'hex')), crypto), 4e9)
  while (chainstate.connectNext());
  if (i % 10 !== 9) continue
  chainstate.flush()
  fs.writeSync(1, chainstate.tip.height + '\\n')
}
`

/** Runs the child until it has printed `lines` flushes, and kills it `delay` ms later; the last height it printed. */
function runAndKill(lines: number, delayMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(directory, 'child.mjs'), BUNDLE, directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    let errors = ''
    child.stderr.on('data', (data) => {
      errors += data
    })
    child.stdout.on('data', (data) => {
      printed += data
      if (printed.split('\n').length > lines) setTimeout(() => child.kill('SIGKILL'), delayMs)
    })
    child.on('close', () => {
      if (errors !== '') reject(new Error(errors))
      else resolve(Number(printed.trim().split('\n').at(-1)))
    })
  })
}

test('kill -9 loses nothing that was flushed', { timeout: 60_000 }, async () => {
  const chain = testChain(crypto)
  const miner = new TestChain(chain)
  const digests = [bytesToHex(miner.chainstate.coinDigest())]
  const blocks: Block[] = []
  for (let i = 0; i < 300; i++) {
    const ripe = blocks[i - 5]?.transactions[0]
    blocks.push(miner.mine({ transactions: ripe === undefined ? [] : [miner.forge.spend(ripe)] }))
    digests.push(bytesToHex(miner.chainstate.coinDigest()))
  }
  const story = { chain: testChainFile(crypto), blocks: blocks.map((block) => bytesToHex(block.raw)) }
  fs.writeFileSync(path.join(directory, 'story.json'), JSON.stringify(story))
  fs.writeFileSync(path.join(directory, 'child.mjs'), CHILD)
  for (let round = 0; round < 4; round++) {
    const flushed = await runAndKill(1 + 2 * round, round)
    const files = new DiskFiles(path.join(directory, 'files'))
    const store = new LmdbStore(path.join(directory, 'store'))
    const node = new TestChain(chain, { files, store, checks: new InPlaceChecks({ crypto }) })
    expect(flushed).toBeGreaterThan(0)
    expect(node.tip.height).toBeGreaterThanOrEqual(flushed)
    expect(bytesToHex(node.chainstate.coinDigest())).toBe(digests[node.tip.height])
    files.close()
    store.close()
  }
})
