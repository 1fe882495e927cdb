/** Stores are not votes: rewriting most of them, without work, convinces nobody. */
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { TestDaemon, until } from './testing.ts'

const MINUTE = 60_000
const BLOCKS = 120
const TAMPERED_HEIGHT = 40
const daemons: TestDaemon[] = []

afterEach(() => {
  for (const daemon of daemons.splice(0)) daemon.remove()
})

interface Coins {
  readonly height: number
  readonly muhash: string
  readonly total_amount: number
}

test('two of three stores are rewritten: the third keeps its chain, and they come back to it', {
  timeout: 3 * MINUTE,
}, async () => {
  for (let i = 0; i < 3; i++) daemons.push(await TestDaemon.create())
  const [honest, ...others] = daemons as [TestDaemon, TestDaemon, TestDaemon]
  await honest.start()
  await honest.call('generatetodescriptor', BLOCKS, 'raw(51)')
  const block = await honest.call<string>('getblock', await honest.call('getblockhash', TAMPERED_HEIGHT), 0)
  const coins = await honest.call<Coins>('gettxoutsetinfo', 'muhash')
  expect(await honest.stop()).toBe(0)
  for (const other of others) {
    fs.cpSync(path.join(honest.directory, 'regtest'), path.join(other.directory, 'regtest'), {
      recursive: true,
    })
    payMore(path.join(other.directory, 'regtest/blocks'), Buffer.from(block, 'hex'))
  }
  await Promise.all([honest.start(), ...others.map((other) => other.start('-reindex'))])
  for (const other of others) {
    await until(async () => (await other.call<Coins>('gettxoutsetinfo')).height > 0, 'a chain')
    expect(await other.call('getblockcount')).toBe(TAMPERED_HEIGHT - 1)
    await honest.call('addnode', `127.0.0.1:${other.port}`, 'onetry')
    await until(async () => (await other.call('getblockcount')) === BLOCKS, 'the honest chain')
  }
  for (const daemon of daemons)
    expect(await daemon.call<Coins>('gettxoutsetinfo', 'muhash')).toMatchObject({
      height: BLOCKS,
      muhash: coins.muhash,
      total_amount: coins.total_amount,
    })
})

/** Adds 256 sats to the first output of a block, in whichever file it stands. */
function payMore(folder: string, block: Buffer): void {
  const amountAt = block.indexOf(Buffer.from('00f2052a01000000', 'hex'))
  expect(amountAt).toBeGreaterThan(0)
  for (const name of fs.readdirSync(folder).filter((file) => file.startsWith('blk'))) {
    const file = path.join(folder, name)
    const bytes = fs.readFileSync(file)
    const at = bytes.indexOf(block)
    if (at < 0) continue
    bytes[at + amountAt + 1]!++
    fs.writeFileSync(file, bytes)
    return
  }
  throw new Error('the block stands in no file')
}
