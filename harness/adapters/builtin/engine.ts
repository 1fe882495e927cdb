import { match } from 'ts-pattern'
import {
  type ChainLink,
  checkAsChild,
  checkContextFreeBlock,
  checkTransaction,
  createBasicFilter,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  filterHash,
  filterHeader,
  flagsFromNames,
  InPlaceChecks,
  isRejection,
  isStrictDer,
  SipHash,
  scriptErrorName,
  signatureHashLegacy,
  signatureHashTaproot,
  signatureHashWitnessV0,
  TxDigests,
  type TxOutput,
  taprootOutputScript,
  verifyInput,
} from '../../../impl/index.ts'
import {
  type Engine,
  type Facets,
  LIBRARY_CAPABILITIES,
  type SignatureHashRequest,
  type SingleBlockPlace,
  type SpentOutput,
} from '../../ports/index.ts'
import { Abstention } from '../abstention.ts'
import { IN_PROCESS_CAPABILITIES } from '../capabilities.ts'
import { libraryOf } from '../library.ts'
import { branchOfPlace } from '../single-block-place.ts'
import { nodeAddresses } from './addresses.ts'
import { nodeChain } from './chains.ts'
import { createNodeFactory, nodeCrypto } from './node-factory.ts'
import { openNodeSession } from './session.ts'

/** The built-in node as an engine. */
export function createNodeEngine(): Engine & Required<Facets> {
  const crypto = nodeCrypto()
  const factory = createNodeFactory()
  const engine: Engine & Required<Omit<Facets, 'library'>> = {
    name: 'node',
    capabilities: new Set(IN_PROCESS_CAPABILITIES),
    openChain: (chain) => openNodeSession(chain, factory),
    scripts: {
      verifyScript: ({ transaction, inputIndex, spentOutputs, flags }) => {
        const digests = digestsOf(transaction, spentOutputs)
        return scriptErrorName(verifyInput(digests, inputIndex, knownFlags(flags)))
      },
      signatureHash: (request) => Buffer.from(signatureHash(request)).toString('hex'),
      verifySchnorr: (publicKey, message, signature) => crypto.verifySchnorr(publicKey, signature, message),
      isStrictDer,
      taprootOutputScript: (internalKey, merkleRoot) => {
        const script = taprootOutputScript(internalKey, merkleRoot, crypto)
        if (script === undefined) throw new Error('the internal key is no point of the curve')
        return script
      },
    },
    contextFree: {
      checkTransaction: (bytes) => {
        const transaction = decodeTransaction(bytes, crypto)
        if (isRejection(transaction)) return transaction.reason
        return checkTransaction(transaction, nodeChain('bitcoin', crypto).limits)?.reason ?? 'ok'
      },
      checkBlock: ({ chain: reference, block: bytes, spentOutputs, place, flags }) => {
        const block = decodeBlock(bytes, crypto)
        if (isRejection(block)) return block.reason
        const chain = nodeChain(reference, crypto)
        const request = {
          block,
          chain,
          flags: knownFlags(flags),
          ...(spentOutputs !== undefined && { spent: outputsOf(spentOutputs) }),
          ...(place !== undefined && {
            place: { origins: place.origins, parent: parentOf(place, chain.limits.medianTimeSpan) },
          }),
        }
        return checkContextFreeBlock(request, crypto, new InPlaceChecks({ crypto }))
      },
      checkOnParent: ({ chain, block: bytes, ancestors, parentHeight, now }) => {
        const block = decodeBlock(bytes, crypto)
        if (isRejection(block)) return block.reason
        const parent = linkedHeaders(ancestors, parentHeight)
        return checkAsChild(block, parent, nodeChain(chain, crypto), now, crypto)?.reason ?? 'ok'
      },
    },
    addresses: nodeAddresses(crypto),
    light: {
      sipHash: (key, data) => {
        const { low, high } = new SipHash(key).hash(data)
        return (BigInt(high) << 32n) | BigInt(low)
      },
      basicFilter: (bytes, spentScripts) => {
        const block = decodeBlock(bytes, crypto)
        if (isRejection(block)) throw new Error(`not a block: ${block.detail ?? block.reason}`)
        return createBasicFilter(block, spentScripts)
      },
      filterHeader: (filter, previous) => filterHeader(filterHash(filter, crypto), previous, crypto),
    },
  }
  const can = LIBRARY_CAPABILITIES.filter((capability) => capability !== 'decode')
  return { ...engine, library: libraryOf(engine, new Set(can)) }
}

/** Headers as the node links them; below the lowest it finds the lowest. */
function linkedHeaders(headers: readonly Uint8Array[], topHeight: number): ChainLink {
  let link: ChainLink | undefined
  for (const [index, bytes] of headers.entries()) {
    const header = decodeHeader(bytes, nodeCrypto())
    if (isRejection(header)) throw new Error(`not a header: ${header.detail ?? header.reason}`)
    const { version, time, bits } = header
    const height = topHeight - headers.length + 1 + index
    link = { height, version, time, bits, previous: link, ancestor: ancestorOf }
  }
  return link!
}

function ancestorOf(this: ChainLink, height: number): ChainLink {
  let link = this
  while (link.height > height && link.previous !== undefined) link = link.previous
  return link
}

/** The block's parent, and what relative locks ask of the blocks below it. */
function parentOf(place: SingleBlockPlace, span: number): ChainLink {
  return branchOfPlace<ChainLink>(place, span, (height, time, previous) => ({
    height,
    time,
    version: 0,
    bits: 0,
    previous,
    ancestor: ancestorOf,
  }))
}

/** @throws Abstention on a flag that the node has never heard of: a draft's */
function knownFlags(names: readonly string[]): number {
  try {
    return flagsFromNames(names)
  } catch (error) {
    if (error instanceof RangeError) throw new Abstention(error.message)
    throw error
  }
}

function signatureHash(request: SignatureHashRequest): Uint8Array {
  const { transaction, inputIndex, hashType } = request
  return match(request)
    .with({ version: 'legacy' }, ({ scriptCode }) =>
      signatureHashLegacy(digestsOf(transaction, []), inputIndex, scriptCode, hashType),
    )
    .with({ version: 'witness-v0' }, ({ scriptCode, value }) =>
      signatureHashWitnessV0(digestsOf(transaction, []), inputIndex, scriptCode, hashType, Number(value)),
    )
    .with({ version: 'taproot' }, ({ spentOutputs }) => {
      const hash = signatureHashTaproot(digestsOf(transaction, spentOutputs), inputIndex, hashType, {})
      if (hash === undefined) throw new Error(`hash type ${hashType} is undefined for taproot`)
      return hash
    })
    .exhaustive()
}

function digestsOf(bytes: Uint8Array, spentOutputs: readonly SpentOutput[]): TxDigests {
  const crypto = nodeCrypto()
  const transaction = decodeTransaction(bytes, crypto)
  if (isRejection(transaction))
    throw new Error(`not a transaction: ${transaction.detail ?? transaction.reason}`)
  return new TxDigests(transaction, outputsOf(spentOutputs), crypto)
}

function outputsOf(spentOutputs: readonly SpentOutput[]): TxOutput[] {
  return spentOutputs.map(({ value, script }) => ({ value: Number(value), script }))
}
