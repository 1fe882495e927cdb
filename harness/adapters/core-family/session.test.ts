import { expect, it } from 'vitest'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { BITCOIND_REASONS } from '../bitcoind/reasons.ts'
import { chainLookup } from '../chains.ts'
import type { RpcAnswer } from '../process/rpc.ts'
import { createDaemonRpc } from './methods.ts'
import { createDaemonSession } from './session.ts'

const { items } = compileScenario(
  parseScenario({
    format: 'touchstone-scenario/1',
    title: 'a branch that fails',
    story: 'A block on the tip, and two beside it, the second of which breaks a rule.',
    sources: ['Bitcoin Core validation.cpp ActivateBestChainStep'],
    chain: 'regtest',
    blocks: {
      tip: { extends: 'genesis' },
      side: { extends: 'genesis', time: 'parent+601' },
      greedy: { extends: 'side', coinbase: { value: { plus: 1 } } },
    },
    steps: [{ do: 'send', items: ['tip'] }],
  }),
  chainLookup,
)
const hashOf = (name: string) => items.get(name)!.hash
const parents = new Map([
  [hashOf('greedy'), hashOf('side')],
  [hashOf('side'), hashOf('genesis')],
])

const SMALL = { txid: '5a'.repeat(32), version: 2, vin: [{ txid: 'c0'.repeat(32), vout: 0, sequence: 0 }] }
const LARGE = { ...SMALL, txid: '1a'.repeat(32), vin: [{ txid: 'c1'.repeat(32), vout: 0, sequence: 0 }] }
const COINBASE = { ...SMALL, txid: 'cb'.repeat(32), vin: [{ sequence: 0 }] }

/** A daemon that stands on `tip`, has tried the branch of `greedy`, and gone back; what its pool would not take. */
function sessionOf(refusals: Readonly<Record<string, string>>) {
  const answers: Record<string, (...params: never[]) => unknown> = {
    setmocktime: () => null,
    getrawmempool: () => [],
    getblockchaininfo: () => ({ bestblockhash: hashOf('tip'), blocks: 1, chainwork: '2', mediantime: 1 }),
    getblockheader: (hash: string) => ({
      confirmations: hash === hashOf('tip') || hash === hashOf('genesis') ? 1 : -1,
      nTx: hash === hashOf('greedy') ? 0 : 3,
      previousblockhash: parents.get(hash),
    }),
    getchaintips: () => [
      { hash: hashOf('tip'), status: 'active' },
      { hash: hashOf('greedy'), status: 'invalid' },
    ],
    getblock: (hash: string) => ({
      previousblockhash: parents.get(hash),
      tx: [COINBASE, SMALL, LARGE].map((transaction) => ({ ...transaction, hex: transaction.txid })),
    }),
    testmempoolaccept: ([hex]: string[]) => [
      hex! in refusals ? { allowed: false, 'reject-reason': refusals[hex!] } : { allowed: true },
    ],
    submitblock: () => 'inconclusive',
    submitheader: () => null,
  }
  const call = (method: string, ...params: unknown[]): RpcAnswer => ({
    result: answers[method]!(...(params as never[])),
  })
  return createDaemonSession({
    rpc: createDaemonRpc(call),
    send: () => {},
    reasons: BITCOIND_REASONS,
    proofOfWork: 'sha256d',
    looksUpFirst: false,
    hasPool: true,
    coinDump: [],
    folder: '/nowhere',
  })
}

it('leaves out what its policy refuses of a branch that was tried and failed, and nothing else of it', () => {
  const session = sessionOf({ [SMALL.txid]: 'tx-size-small' })
  expect(session.abstainsFrom!(SMALL.txid)).toBe(false)
  session.deliverBlock(items.get('side')!.bytes, 1)
  expect([SMALL, LARGE].map(({ txid }) => session.abstainsFrom!(txid))).toEqual([true, false])
})

it('asks nothing of failed branches after a block on its tip', () => {
  const session = sessionOf({ [SMALL.txid]: 'tx-size-small' })
  session.deliverBlock(items.get('tip')!.bytes, 1)
  expect(session.abstainsFrom!(SMALL.txid)).toBe(false)
})
