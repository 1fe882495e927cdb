/** Bits of the store are inverted while no process has it open: no state is served that no block left. */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type StoredState, type StoredStory, storedStory } from '../testing/stored-story.ts'

/** How many bits are inverted, one in each copy of the store. */
const FLIPS = Number(process.env.TOUCHSTONE_FLIPS ?? 8)
/**
 * Later ones that were at fault once: a loop without end, transactions that cannot be committed, a page of a wrong
 * kind, coins that were lost or came back, pages of which the process dies.
 */
const KNOWN = process.env.TOUCHSTONE_FLIPS === undefined ? [80, 96, 131, 300, 320, 361, 390] : []
/** The first of them, to look at one alone. */
const FIRST_FLIP = Number(process.env.TOUCHSTONE_FIRST_FLIP ?? 0)
const BLOCKS = 210
const SECOND = 1000
/** Openings until the end of the story must be reached: a damage is noticed, and mended, one after another. */
const OPENINGS = 4
/** An opening takes about a second; one that takes so long does not end. */
const OPENING_MS = 120_000

const BUNDLE = path.resolve('dist/node.js')
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-bits-'))
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }))

/**
 * Opens the store and says the state; goes back half the chain and forth again and says both states; takes the whole
 * story and says the last. Every block that it would serve is compared with the story's, and none may be refused.
 */
const CHILD = `
import fs from 'node:fs'
const [bundle, directory, data, mode] = process.argv.slice(2)
const { chooseCrypto, createNode, DiskFiles, InPlaceChecks, LmdbStore, parseChainFile } = await import(bundle)
const { crypto } = chooseCrypto()
const { chain, blocks } = JSON.parse(fs.readFileSync(directory + '/story.json', 'utf8'))
const say = (thing) => fs.writeSync(1, JSON.stringify(thing) + '\\n')
const known = new Set(blocks)
const files = new DiskFiles(data + '/files')
const store = new LmdbStore(data + '/store')
const node = createNode({
  chain: parseChainFile(chain, crypto),
  files, store, crypto,
  checks: new InPlaceChecks({ crypto }),
  entropy: () => 0.5,
  flushAfterBlocks: 7,
  fileBytesMax: 64 << 10,
})
const happen = (event) => {
  for (let next = event; next !== undefined; ) {
    const effects = node.step(next, 4e12)
    for (const effect of effects)
      if (effect.kind === 'judged' && effect.verdict.outcome === 'rejected') say({ hash: 'refused', ...effect.verdict })
    next = effects.some((effect) => effect.kind === 'continue') ? { kind: 'continue' } : undefined
  }
}
const report = () => {
  const { hash, height } = node.view.tip()
  say({ hash, height, digest: node.view.recountedCoinDigest(), coins: node.view.coinCount() })
}
if (mode === 'damaged') {
  report()
  happen({ kind: 'start' })
  report()
  const view = node.view.chain
  for (let at = 1; at <= view.tip.height; at++) {
    const block = view.block(view.activeAt(at))
    if (block !== undefined && !known.has(Buffer.from(block.raw).toString('hex'))) say({ hash: 'a block of no story' })
  }
  const half = view.activeAt(view.tip.height >> 1)
  if (half.height > 0) {
    const hash = Buffer.from(half.hash).reverse().toString('hex')
    happen({ kind: 'invalidate', hash })
    report()
    happen({ kind: 'reconsider', hash })
    report()
  }
}
for (const block of blocks) happen({ kind: 'submitBlock', bytes: Uint8Array.from(Buffer.from(block, 'hex')) })
report()
happen({ kind: 'stop' })
say('end')
files.close()
store.close()
`

interface Said {
  readonly states: readonly (StoredState & { readonly hash: string })[]
  readonly hasEnded: boolean
  readonly how: string
}

function run(data: string, mode: 'fresh' | 'damaged'): Promise<Said> {
  return new Promise((resolve) => {
    const argv = [path.join(directory, 'child.mjs'), BUNDLE, directory, data, mode]
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'], timeout: OPENING_MS })
    let printed = ''
    let errors = ''
    child.stdout.on('data', (text) => {
      printed += text
    })
    child.stderr.on('data', (text) => {
      errors += text
    })
    child.on('close', (code, signal) => {
      const lines = printed
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
      const error = errors.match(/^.*Error.*$/m)?.[0] ?? ''
      resolve({
        states: lines.filter((line) => line !== 'end'),
        hasEnded: lines.at(-1) === 'end',
        how: signal ?? (code === 0 ? 'in order' : error),
      })
    })
  })
}

/** What one inverted bit led to: the states that were served wrong, and how the openings went. */
async function tryDamage(story: StoredStory, copy: string) {
  const wrong: unknown[] = []
  const ways: string[] = []
  for (let opening = 0; opening < OPENINGS; opening++) {
    const said = await run(copy, 'damaged')
    for (const { hash, ...state } of said.states)
      if (JSON.stringify(state) !== JSON.stringify(story.states.get(hash))) wrong.push({ hash, ...state })
    ways.push(said.how)
    if (said.hasEnded) return { wrong, ways, end: said.states.at(-1)?.hash }
  }
  return { wrong, ways, end: undefined }
}

/** Numbers for the places, the same in each run. */
function* drawing(): Generator<number, never> {
  for (let state = 12_345; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    yield state / 2 ** 32
  }
}

test('an inverted bit in a used place of the store serves no wrong state, and the node comes back', {
  timeout: (60 + 30 * (FLIPS + KNOWN.length)) * SECOND,
}, async () => {
  const story = storedStory(BLOCKS)
  const { chain, blocks } = story
  fs.writeFileSync(path.join(directory, 'story.json'), JSON.stringify({ chain, blocks }))
  fs.writeFileSync(path.join(directory, 'child.mjs'), CHILD)
  const good = path.join(directory, 'good')
  expect((await run(good, 'fresh')).states.at(-1)?.hash).toBe(story.end)
  const bytes = fs.readFileSync(path.join(good, 'store/data.mdb'))
  const used: number[] = []
  for (const [at, byte] of bytes.entries()) if (byte !== 0) used.push(at)
  const draw = drawing()
  const tally = new Map<string, number>()
  const faults: unknown[] = []
  for (let flip = 0; flip < Math.max(FLIPS, ...KNOWN.map((known) => known + 1)); flip++) {
    const at = used[Math.floor(draw.next().value * used.length)]!
    const bit = 1 << Math.floor(draw.next().value * 8)
    if (!KNOWN.includes(flip) && (flip < FIRST_FLIP || flip >= FLIPS)) continue
    const damaged = Buffer.from(bytes)
    damaged[at]! ^= bit
    const copy = path.join(directory, `copy-${flip}`)
    fs.cpSync(good, copy, { recursive: true })
    fs.writeFileSync(path.join(copy, 'store/data.mdb'), damaged)
    const { wrong, ways, end } = await tryDamage(story, copy)
    if (wrong.length > 0 || end !== story.end) faults.push({ flip, at, wrong, end, ways })
    const way = ways.join(', then ')
    tally.set(way, (tally.get(way) ?? 0) + 1)
    fs.rmSync(copy, { recursive: true })
  }
  if (FLIPS - FIRST_FLIP > 8)
    console.log(`${FLIPS - FIRST_FLIP} bits inverted, ${faults.length} at fault`, Object.fromEntries(tally))
  expect(faults).toEqual([])
})
