import fc from 'fast-check'
import { around } from '../../../generators/index.ts'
import { actKind, node } from '../../act.ts'
import type { Director } from '../director.ts'

/** Spends a coinbase just when it ripens, or a block before. */
export const matureEdge = actKind({
  name: 'mature-edge',
  weight: 4,
  choices: () => fc.record({ node, offset: around(0, 3), unconfirmed: fc.boolean() }),
  play(director: Director, { node, offset, unconfirmed }) {
    const host = director.host(node)
    if (!host.running) return
    const tip = director.tipOf(host)
    const wanted = tip.height + 1 - director.chain.limits.coinbaseMaturityBlocks - offset
    const coin = director.coinsAt(tip).find(({ isCoinbase, height }) => isCoinbase && height === wanted)
    if (coin === undefined) return
    const { name } = director.addTransaction({
      inputs: [{ spends: coin.reference }],
      outputs: [{ to: 'anyone', value: Number(coin.value) - 10_000 }],
    })
    if (unconfirmed) director.send([name], [host])
    else director.send([director.addBlock({ extends: tip.name, transactions: [name] }).name], [host])
  },
})
