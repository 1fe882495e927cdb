import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { InPlaceChecks } from '../script-engine/index.ts'
import { testChain } from '../testing/chains.ts'
import { storedStory } from '../testing/stored-story.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { hashToHex } from '../wire/index.ts'
import { DiskFiles } from './disk-files.ts'
import { LmdbStore } from './lmdb-store.ts'

/** How often the process is killed. */
const KILLS = Number(process.env.TOUCHSTONE_KILLS ?? 4)
const BLOCKS = 300
const SECOND = 1000

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
  files: new DiskFiles(directory + '/data/files'),
  store: new LmdbStore(directory + '/data/store'),
  crypto,
  checks: new InPlaceChecks({ crypto }),
  flushAfterBlocks: 7,
  flushSliceOperations: 3,
})
const flush = () => {
  chainstate.flush()
  fs.writeSync(1, chainstate.tip.height + '\\n')
}
for (const [i, hex] of blocks.entries()) {
  const block = decodeBlock(Uint8Array.from(Buffer.from(hex, 'hex')), crypto)
  const { outcome } = chainstate.acceptBlock(block, 4e9)
  while (chainstate.connectNext());
  if (i % 10 === 9 && outcome !== 'duplicate') flush()
}
flush()
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

test('kill -9 loses nothing that was flushed, and leaves a state that some block left', {
  timeout: (60 + 20 * KILLS) * SECOND,
}, async () => {
  const story = storedStory(BLOCKS)
  const { chain, blocks } = story
  fs.writeFileSync(path.join(directory, 'story.json'), JSON.stringify({ chain, blocks }))
  fs.writeFileSync(path.join(directory, 'child.mjs'), CHILD)
  const data = path.join(directory, 'data')
  const reopened: string[] = []
  for (let round = 0; round < KILLS; round++) {
    const flushed = await runAndKill(1 + (round % 6), (round * 7) % 41)
    const files = new DiskFiles(path.join(data, 'files'))
    const store = new LmdbStore(path.join(data, 'store'))
    const node = new TestChain(testChain(crypto), {
      files,
      store,
      checks: new InPlaceChecks({ crypto }),
      digest: false,
    })
    const expectSound = () =>
      expect({
        height: node.tip.height,
        digest: hashToHex(node.chainstate.recountedCoinDigest()),
        coins: node.chainstate.coinCount,
      }).toEqual(story.states.get(hashToHex(node.tip.hash)))
    expectSound()
    reopened.push(`${flushed}→${node.tip.height}`)
    while (node.chainstate.connectNext());
    expectSound()
    expect(flushed).toBeGreaterThan(0)
    expect(node.tip.height).toBeGreaterThanOrEqual(flushed)
    const isDone = hashToHex(node.tip.hash) === story.end
    files.close()
    store.close()
    if (isDone) fs.rmSync(data, { recursive: true })
  }
  if (KILLS > 4)
    console.log(`${KILLS} kills, 0 bad; height flushed → height reopened: ${reopened.join(', ')}`)
})
