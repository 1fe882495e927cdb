import { z } from 'zod'
import { chainFileSchema } from './chain-file.ts'
import { hexBytes } from './hex.ts'

/** What libraries are asked: single scripts, transactions and blocks, without a chain. */

const id = z.number().int().min(0).describe('The number of the request; its answer has the same.')
const transaction = hexBytes.describe('The transaction, with its witnesses.')
const input = z.number().int().min(0).describe('The place of the input, from 0 on.')
const hashType = z.number().int().min(0).max(0xffffffff).describe('The hash type; legacy ones have 32 bits.')
const sats = z.string().regex(/^\d+$/, 'expected decimal digits').describe('Sats, in decimal digits.')
const spentOutputs = z
  .array(z.strictObject({ value: sats, script: hexBytes.describe('The output script.') }).describe('A coin.'))
  .describe('The coins that are spent, one for each input, in order.')
const flags = z
  .array(z.string())
  .describe("Core's script flags without prefix: P2SH, WITNESS, TAPROOT, DERSIG, CLEANSTACK, …")

export const libraryRequests = [
  z
    .strictObject({ id, op: z.literal('verifyScript'), transaction, input, spentOutputs, flags })
    .describe('Do the scripts of this input allow the spend under these flags?'),
  z
    .strictObject({
      id,
      op: z.literal('signatureHash'),
      version: z.enum(['legacy', 'witness-v0', 'taproot']).describe('taproot: the key path, without annex.'),
      transaction,
      input,
      hashType,
      scriptCode: hexBytes.optional().describe('For legacy and witness-v0: as the interpreter passes it.'),
      value: sats.optional().describe('For witness-v0: the value of the coin.'),
      spentOutputs: spentOutputs.optional().describe('For taproot: the coins, one for each input.'),
    })
    .describe('What is signed?'),
  z
    .strictObject({ id, op: z.literal('checkTransaction'), transaction })
    .describe('Does the transaction pass all checks that need no context? [Core CheckTransaction]'),
  z
    .strictObject({
      id,
      op: z.literal('checkBlock'),
      chain: z
        .union([z.string().describe('A chain by name.'), chainFileSchema])
        .describe('Whose limits, and whose proof of work.'),
      block: hexBytes.describe('The block, with its witnesses.'),
      spentOutputs: spentOutputs
        .optional()
        .describe('The coins of all inputs in order, the coinbase left out; absent: judge what needs none.'),
      flags,
    })
    .describe(
      'Does the block pass the checks that need no ancestors? Scripts are among them where coins are given.',
    ),
  z
    .strictObject({
      id,
      op: z.literal('decode'),
      kind: z.enum(['header', 'block', 'transaction']).describe('What the bytes are to be read as.'),
      bytes: hexBytes.describe('All of them belong to the item.'),
    })
    .describe('What do the bytes say?'),
] as const

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits in lower case')

export const libraryAnswers = {
  word: z.strictObject({
    id,
    value: z.string().min(1),
  }),
  signatureHash: z.strictObject({
    id,
    value: hash.describe('The 32 bytes in the order in which they are signed.'),
  }),
  decode: z.strictObject({
    id,
    value: z.union([
      z
        .strictObject({
          id: hash.describe('The block hash or transaction id, as people write it.'),
          witnessId: hash.optional().describe('Of a transaction: its wtxid.'),
        })
        .describe('It is well-formed.'),
      z.strictObject({ invalid: z.string().describe('One line for people.') }).describe('It is not.'),
    ]),
  }),
}
