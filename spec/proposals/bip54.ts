import type { Limits } from '../chains/index.ts'
import { strippedSize } from '../encoding/index.ts'
import type { Rule } from '../language/index.ts'
import { atLeast, atMost, defineRule, each, equal, holds, ok } from '../language/index.ts'
import type { BlockInContext, HeaderInContext, TransactionSpend } from '../rules/index.ts'
import { assemble, inputSigops } from '../script/index.ts'
import type { Upgrade } from '../upgrades/index.ts'
import { about, coinbaseAt, drawFrom, headerAt, spendOf, transactionOfSize } from '../upgrades/index.ts'
import type { Transaction } from '../vocabulary/index.ts'
import { ancestorAt, isCoinbase } from '../vocabulary/index.ts'

const GRACE_SECONDS = 7200
const SIGOPS_MAX = 2500
const FORBIDDEN_BYTES = 64
const FINAL = 0xffffffff

function define<Subject>(id: string, must: string, check: Rule<Subject, Limits>['check']) {
  const names = { id: `bip54-${id}`, reason: `bip54-${id}`, isOwnReason: true }
  return defineRule({ ...names, must, sources: ['BIP54 §Specification'], check })
}

const firstTime = define<HeaderInContext>(
  'first-time',
  'The first block of a difficulty period MUST NOT be more than 7200 seconds earlier than its parent.',
  ({ header, parent }, { retargetIntervalBlocks }) =>
    (parent.height + 1) % retargetIntervalBlocks === 0
      ? atLeast(parent.header.time - GRACE_SECONDS, header.time)
      : ok,
)

const lastTime = define<HeaderInContext>(
  'last-time',
  'The last block of a difficulty period MUST NOT be earlier than the first.',
  ({ header, parent }, { retargetIntervalBlocks: blocks }) =>
    (parent.height + 2) % blocks === 0
      ? atLeast(ancestorAt(parent, parent.height + 2 - blocks)!.header.time, header.time)
      : ok,
)

const size = define<Transaction>(
  'size',
  'A transaction MUST NOT have exactly 64 bytes without its witness.',
  (transaction) => holds(strippedSize(transaction) !== FORBIDDEN_BYTES, 'not 64 bytes', FORBIDDEN_BYTES),
)

const coinbaseLock = define<BlockInContext>(
  'coinbase-lock-time',
  "A coinbase's lock time MUST be the height of its block less one.",
  ({ block, height }) => equal(height - 1, block.transactions[0]!.lockTime),
)

const coinbaseSequence = define<BlockInContext>(
  'coinbase-sequence',
  "A coinbase's sequence number MUST NOT be final (ffffffff).",
  ({ block }) => holds(block.transactions[0]!.inputs[0]!.sequence !== FINAL, 'not ffffffff', 'ffffffff'),
)

const sigops = define<Pick<TransactionSpend, 'transaction' | 'spentOutputs'>>(
  'sigops',
  'A transaction MUST NOT have more than 2500 signature operations in the scripts that its inputs run before any witness.',
  ({ transaction: { inputs }, spentOutputs }) =>
    atMost(
      SIGOPS_MAX,
      inputs.reduce((sum, input, index) => sum + inputSigops(input, spentOutputs![index]!), 0),
    ),
)

const withCoinbase = (of: BlockInContext) => (isCoinbase(of.block.transactions[0]!) ? [of] : [])
const hasCoins = ({ coins, spentOutputs }: TransactionSpend) => coins.length > 0 && spentOutputs !== undefined
/** Checks that do not run, so that nothing but their number is wrong: twenty to an OP_CHECKMULTISIG. */
const checking = (count: number) =>
  spendOf(assemble(`0 IF ${'CHECKMULTISIG '.repeat(count / 20)}${'CHECKSIG '.repeat(count % 20)} ENDIF 1`))

/** The consensus cleanup: no timewarp, no slow blocks, no ambiguous Merkle trees, no coinbase twice. */
export const bip54: Upgrade = {
  id: 'bip54',
  text: 'Difficulty periods cannot be warped, transactions are bounded in what they cost, none has 64 bytes, and a coinbase names its height.',
  sources: ['BIP54'],
  deployment: { kind: 'never' },
  adds: {
    header: [firstTime, lastTime],
    block: [
      each('transaction', ({ block }) => block.transactions, [size]),
      each('block with a coinbase', withCoinbase, [coinbaseLock, coinbaseSequence]),
    ],
    spending: [each('transaction with all its coins', (of) => of.transactions.filter(hasCoins), [sigops])],
  },
  examples: {
    accepts: [about(size, transactionOfSize(63)), about(sigops, checking(SIGOPS_MAX))],
    rejects: [about(size, transactionOfSize(FORBIDDEN_BYTES)), about(sigops, checking(SIGOPS_MAX + 1))],
    generator: (draw) => {
      const [at, far] = [2 + draw(2 ** 20), 1 + draw(2 ** 10)]
      return {
        accepts: drawFrom(draw, [
          () => about(firstTime, headerAt(2016, far - 1 - GRACE_SECONDS)),
          () => about(lastTime, headerAt(2015, far - 1)),
          () => about(size, transactionOfSize(FORBIDDEN_BYTES + far)),
          () => about(coinbaseLock, coinbaseAt(at, at - 1, 0)),
          () => about(coinbaseSequence, coinbaseAt(at, at - 1, FINAL - far)),
          () => about(sigops, checking(SIGOPS_MAX + 1 - far)),
        ]),
        rejects: drawFrom(draw, [
          () => about(firstTime, headerAt(2016, -GRACE_SECONDS - far)),
          () => about(lastTime, headerAt(2015, -far)),
          () => about(size, transactionOfSize(FORBIDDEN_BYTES)),
          () => about(coinbaseLock, coinbaseAt(at + far, at - 1, 0)),
          () => about(coinbaseSequence, coinbaseAt(at, at - 1, FINAL)),
          () => about(sigops, checking(SIGOPS_MAX + far)),
        ]),
      }
    },
  },
}
