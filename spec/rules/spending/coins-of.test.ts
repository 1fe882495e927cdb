import { expect, it } from 'vitest'
import { txid } from '../../encoding/index.ts'
import { height } from '../../vocabulary/index.ts'
import { bytes, coinbase, output } from '../testing.ts'
import { coinsOf } from './coins-of.ts'

it('makes a coin of each output that can ever be spent', () => {
  const transaction = coinbase({}, [
    output(1),
    output(2, bytes(1, 0x6a)),
    output(3, bytes(10_001)),
    output(4, bytes(0)),
  ])
  expect(
    [...coinsOf(transaction, height(7))].map(([outpoint, coin]) => [
      outpoint,
      coin.output.value,
      coin.height,
    ]),
  ).toEqual([
    [{ txid: txid(transaction), index: 0 }, 1n, 7],
    [{ txid: txid(transaction), index: 3 }, 4n, 7],
  ])
})
