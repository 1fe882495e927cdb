import { match } from 'ts-pattern'
import {
  type Ask,
  askRule,
  type Block,
  type Branch,
  blockHash,
  type Coin,
  checkBlockOnParent,
  checkBlockWithoutContext,
  checkTransaction,
  composeExtensions,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  FEATURES,
  height,
  isStrictDer,
  legacySignatureHash,
  type Output,
  PROPOSALS,
  sats,
  taprootOutputKey,
  taprootSignatureHash,
  txid,
  UPGRADES,
  type Upgrade,
  verifyInput,
  verifySchnorr,
  witnessV0SignatureHash,
  wtxid,
} from '../../../spec/index.ts'
import {
  type DecodedItem,
  type DecodeRequest,
  type DraftJudge,
  type Engine,
  type Facets,
  LIBRARY_CAPABILITIES,
  type SignatureHashRequest,
  type SingleBlockRequest,
  type SpentOutput,
} from '../../ports/index.ts'
import { Abstention } from '../abstention.ts'
import { IN_PROCESS_CAPABILITIES } from '../capabilities.ts'
import { libraryOf } from '../library.ts'
import { branchOfPlace } from '../single-block-place.ts'
import { specChain } from './chains.ts'
import { createDraftJudge } from './draft.ts'
import { createSpecMemory } from './memory.ts'
import { openSpecSession } from './session.ts'

function flagsKnownWith(drafts: readonly Upgrade[]): ReadonlySet<string> {
  return new Set([
    ...FEATURES,
    ...drafts.flatMap(({ features = [], extension = {} }) => [
      ...features,
      ...(extension.opcodes ?? []).flatMap(({ feature }) => [
        feature,
        `DISCOURAGE_${feature}`,
        `DISCOURAGE_UPGRADABLE_${feature}`,
      ]),
    ]),
  ])
}

/**
 * The specification as an engine; `ask` is how it asks its rules, `upgrades` are those that its chains know, and
 * `drafts` are the proposals that vectors name.
 */
export function createSpecEngine(
  ask: Ask = askRule,
  upgrades: readonly Upgrade[] = UPGRADES,
  drafts: readonly Upgrade[] = PROPOSALS,
): Engine & Required<Pick<Facets, 'scripts' | 'contextFree' | 'library'>> {
  const memory = createSpecMemory(ask)
  const judges = new Map<Upgrade, DraftJudge>()
  /** What drafts add to the machine; each part sleeps until its feature is among the flags. */
  const extension = composeExtensions(drafts)
  const knownFlags = flagsKnownWith(drafts)
  /** @throws Abstention on a flag that the specification has never heard of: a draft's */
  const requireFlags = (flags: readonly string[]): ReadonlySet<string> => {
    const unknown = flags.find((flag) => !knownFlags.has(flag))
    if (unknown !== undefined) throw new Abstention(`unknown script flag: ${unknown}`)
    return new Set(flags)
  }
  const engine: Engine & Required<Pick<Facets, 'scripts' | 'contextFree'>> = {
    name: 'spec',
    capabilities: new Set(IN_PROCESS_CAPABILITIES),
    openChain: (chain) => openSpecSession(chain, memory, upgrades),
    scripts: {
      verifyScript: ({ transaction, inputIndex, spentOutputs, flags }) =>
        verifyInput({
          transaction: requireTransaction(transaction),
          inputIndex,
          spentOutputs: outputsOf(spentOutputs),
          features: requireFlags(flags),
          extension,
        }),
      signatureHash: (request) => Buffer.from(signatureHash(request)).toString('hex'),
      verifySchnorr,
      isStrictDer,
      taprootOutputScript: (internalKey, merkleRoot) => {
        const output = taprootOutputKey(internalKey, merkleRoot)
        if (output === undefined) throw new Error('the internal key is no point of the curve')
        return Uint8Array.of(0x51, 0x20, ...output.key)
      },
    },
    contextFree: {
      checkTransaction: (bytes) => {
        const transaction = decodeTransaction(bytes)
        return transaction.ok
          ? checkTransaction(specChain('bitcoin'), transaction.value, ask)
          : 'decode-failed'
      },
      checkBlock: (request) => {
        const decoded = decodeBlock(request.block)
        if (!decoded.ok) return 'decode-failed'
        const features = requireFlags(request.flags)
        return checkBlockWithoutContext(
          specChain(request.chain),
          {
            block: decoded.value,
            features,
            coins: coinsOf(request),
            parent: parentOf(request, decoded.value),
          },
          ask,
        )
      },
      checkOnParent: ({ chain, block, ancestors, parentHeight, now }) => {
        const decoded = decodeBlock(block)
        if (!decoded.ok) return 'decode-failed'
        const parent = branchOf(ancestors, parentHeight)
        return checkBlockOnParent(specChain(chain), decoded.value, parent, now, ask)
      },
    },
    draft: (id) => {
      const draft = drafts.find((known) => known.id === id || known.sources.includes(id.toUpperCase()))
      if (draft === undefined) return undefined
      const judge = judges.get(draft) ?? createDraftJudge(draft, ask)
      judges.set(draft, judge)
      return judge
    },
  }
  return { ...engine, library: libraryOf(engine, new Set(LIBRARY_CAPABILITIES), decode) }
}

function decode({ kind, bytes }: DecodeRequest): DecodedItem | undefined {
  if (kind === 'transaction') {
    const transaction = decodeTransaction(bytes)
    return transaction.ok ? { id: txid(transaction.value), witnessId: wtxid(transaction.value) } : undefined
  }
  const decoded = kind === 'header' ? decodeHeader(bytes) : decodeBlock(bytes)
  if (!decoded.ok) return undefined
  return { id: blockHash('header' in decoded.value ? decoded.value.header : decoded.value) }
}

function signatureHash(request: SignatureHashRequest): Uint8Array {
  const transaction = requireTransaction(request.transaction)
  const { inputIndex, hashType } = request
  return match(request)
    .with({ version: 'legacy' }, ({ scriptCode }) =>
      legacySignatureHash(transaction, inputIndex, scriptCode, hashType),
    )
    .with({ version: 'witness-v0' }, ({ scriptCode, value }) =>
      witnessV0SignatureHash(transaction, inputIndex, scriptCode, hashType, sats(value)),
    )
    .with({ version: 'taproot' }, ({ spentOutputs }) => {
      const hash = taprootSignatureHash({
        transaction,
        inputIndex,
        spentOutputs: outputsOf(spentOutputs),
        hashType,
      })
      if (hash === undefined) throw new Error(`hash type ${hashType} is undefined for taproot`)
      return hash
    })
    .exhaustive()
}

function requireTransaction(bytes: Uint8Array) {
  const decoded = decodeTransaction(bytes)
  if (!decoded.ok)
    throw new Error(`not a transaction: ${decoded.error.problem} at byte ${decoded.error.offset}`)
  return decoded.value
}

function coinsOf({ spentOutputs, place }: SingleBlockRequest): Coin[] | undefined {
  return spentOutputs?.map(({ value, script }, index) => ({
    output: { value: sats(value), script },
    height: height(place?.origins[index]?.height ?? 0),
    isCoinbase: place?.origins[index]?.isCoinbase ?? false,
  }))
}

/** Headers of the block's own, with the times and heights that are known of those below it. */
function parentOf({ chain, place }: SingleBlockRequest, { header }: Block): Branch | undefined {
  if (place === undefined) return undefined
  const span = specChain(chain).limits.medianTimeSpanBlocks
  return branchOfPlace<Branch>(place, span, (at, time, below) => ({
    hash: header.previous,
    header: { ...header, time },
    height: height(at),
    chainWork: 0n,
    ...(below !== undefined && { parent: below }),
  }))
}

function branchOf(headers: readonly Uint8Array[], topHeight: number): Branch {
  let branch: Branch | undefined
  for (const [index, bytes] of headers.entries()) {
    const decoded = decodeHeader(bytes)
    if (!decoded.ok) throw new Error(`not a header: ${decoded.error.problem}`)
    const header = decoded.value
    const at = height(topHeight - headers.length + 1 + index)
    branch = {
      hash: blockHash(header),
      header,
      height: at,
      chainWork: 0n,
      ...(branch !== undefined && { parent: branch }),
    }
  }
  return branch!
}

function outputsOf(spentOutputs: readonly SpentOutput[]): Output[] {
  return spentOutputs.map(({ value, script }) => ({ value: sats(value), script }))
}
