/**
 * Connects a file of blocks with bcoin, in memory, with its native addons where they were built.
 * Run by the benchmark as `node bcoin.cjs BCOIN_FOLDER FILE FIRST_MEASURED_HEIGHT`; prints one JSON line.
 */
const { readFileSync } = require('node:fs')
const { resolve } = require('node:path')

const [folder, file, first] = process.argv.slice(2)

async function main() {
  const { Block, Chain, Network, WorkerPool, blockstore } = require(resolve(folder, 'lib/bcoin'))
  const { native } = require(resolve(folder, 'node_modules/bcrypto/lib/secp256k1'))
  const network = Network.get('regtest')
  const blocks = blockstore.create({ network, memory: true })
  const chain = new Chain({ network, memory: true, blocks, workers: new WorkerPool({ enabled: false }) })
  await blocks.open()
  await chain.open()
  const bytes = readFileSync(file)
  let started = process.hrtime.bigint()
  let items = 0
  for (let offset = 0, height = 1; offset < bytes.length; height++) {
    if (height === Number(first)) {
      started = process.hrtime.bigint()
      items = 0
    }
    const length = bytes.readUInt32LE(offset + 4)
    const block = Block.fromRaw(bytes.subarray(offset + 8, offset + 8 + length))
    if (!(await chain.add(block))) throw new Error(`bcoin refused block ${height}`)
    items += block.txs.length - 1
    offset += 8 + length
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const note =
    native > 0 ? 'in memory, native secp256k1, one thread' : 'in memory, JavaScript secp256k1, one thread'
  const residentBytes = process.resourceUsage().maxRSS * 1024
  console.log(JSON.stringify({ height: chain.height, items, seconds, residentBytes, note }))
}

main().catch((error) => {
  console.error(String(error.message).split('\n')[0])
  process.exit(1)
})
