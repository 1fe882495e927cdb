import { type Coin, spentByTransaction } from '../../../chainstate/index.ts'
import { ByteWriter } from '../../../wire/index.ts'
import { describeScript } from '../../describe/script-json.ts'
import { coins } from '../../json.ts'
import { blockOf } from '../block-of.ts'
import { notFound, type Route } from '../route.ts'

export const spenttxouts: Route = {
  prefix: '/rest/spenttxouts/',
  summary: 'Returns the outputs that each transaction of a block spends',
  run: ({ words: [word] }, node) => {
    const { chain, crypto } = node.view
    const found = blockOf(word, node)
    const undo = found.node.height === 0 ? new Uint8Array(0) : chain.undoData(found.node)
    if (undo === undefined) throw notFound(`${word} undo not available`)
    const spent = spentByTransaction(found.block, undo)!
    const describe = ({ value, script }: Coin) => ({
      value: coins(value),
      scriptPubKey: describeScript(script, chain.chain.addresses, crypto),
    })
    return { bin: () => encode(spent), json: () => spent.map((outputs) => outputs.map(describe)) }
  },
}

function encode(spent: readonly (readonly Coin[])[]): Uint8Array {
  const writer = new ByteWriter().compactSize(spent.length)
  for (const outputs of spent) {
    writer.compactSize(outputs.length)
    for (const { value, script } of outputs) writer.i64FromNumber(value).putVariable(script)
  }
  return writer.finish()
}
