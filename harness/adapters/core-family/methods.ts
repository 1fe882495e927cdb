import type { HashHex, Tip } from '../../ports/index.ts'
import { TargetError } from '../abstention.ts'
import type { RpcCall } from '../process/channel.ts'

/** RPC_INVALID_ADDRESS_OR_KEY: no such block. [Core rpc/protocol.h] */
const NOT_FOUND = -5

/** What is asked of a daemon by JSON-RPC, whatever it is asked for. */
export interface DaemonRpc {
  readonly call: RpcCall
  /** The result. @throws TargetError when it answers with an error */
  ask(method: string, ...params: unknown[]): unknown
  tip(): Tip
  /** Median time past of the tip, Unix seconds. */
  medianTime(): number
  /** Where a block stands: in the active chain, elsewhere in the index, or nowhere. */
  placeOf(block: HashHex): 'active' | 'aside' | 'nowhere'
  /** The tips of the branches that broke a rule. */
  failedTips(): readonly HashHex[]
  /** The parent of a block that it knows. */
  parentOf(block: HashHex): HashHex
  /** Whether it has a block's transactions, not only its header. */
  holds(block: HashHex): boolean
  /** Whether a block that it knows is marked invalid, itself or for what lies below it. */
  isFailed(block: HashHex): boolean
}

export function createDaemonRpc(call: RpcCall): DaemonRpc {
  const ask = (method: string, ...params: unknown[]) => {
    const answer = call(method, ...params)
    if ('error' in answer) throw new TargetError(`${method}: ${answer.error.message} (${answer.error.code})`)
    return answer.result
  }
  const chainInfo = () =>
    ask('getblockchaininfo') as {
      bestblockhash: string
      blocks: number
      chainwork: string
      mediantime: number
    }
  return {
    call,
    ask,
    tip() {
      const { bestblockhash, blocks, chainwork } = chainInfo()
      return { hash: bestblockhash, height: blocks, chainWork: BigInt(`0x${chainwork}`) }
    },
    medianTime: () => chainInfo().mediantime,
    placeOf(block) {
      const answer = call('getblockheader', block)
      if (!('error' in answer))
        return (answer.result as { confirmations: number }).confirmations > 0 ? 'active' : 'aside'
      if (answer.error.code === NOT_FOUND) return 'nowhere'
      throw new TargetError(`getblockheader: ${answer.error.message}`)
    },
    failedTips: () =>
      (ask('getchaintips') as { hash: HashHex; status: string }[]).flatMap(({ hash, status }) =>
        status === 'invalid' ? [hash] : [],
      ),
    parentOf: (block) => (ask('getblockheader', block) as { previousblockhash: HashHex }).previousblockhash,
    holds(block) {
      const answer = call('getblockheader', block)
      return !('error' in answer) && (answer.result as { nTx: number }).nTx > 0
    },
    // A header that it knows already is judged by its mark alone. [Core AcceptBlockHeader]
    isFailed: (block) => 'error' in call('submitheader', ask('getblockheader', block, false)),
  }
}
