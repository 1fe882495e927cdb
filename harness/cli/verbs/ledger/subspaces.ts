import {
  commonPart,
  isCoinbase,
  type Objection,
  type Output,
  objections,
  outpointKey,
  type Payment,
  type Subspace,
  txid,
} from '../../../../spec/index.ts'
import { inFile, parseShaped, readText } from '../../../files/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'
import type { ActiveChain } from './active-chain.ts'
import { accountOf, ownerText } from './owners.ts'
import { subspaceSchema } from './subspace-file.ts'

type Requirement = Subspace['requirements'][number]

/** Which payments of the chain each subspace accepts, and which their common part does: 1 when it refuses any. */
export function printSubspaces(terminal: Terminal, data: ActiveChain, files: readonly string[]): VerbResult {
  const subspaces = files.map((file) => readSubspace(file, data))
  const common = commonPart(subspaces)
  const spaces = subspaces.length > 1 ? [...subspaces, common] : subspaces
  const payments = paymentsOf(data).map(({ id, payment }) => ({
    payment: data.names.get(id) ?? id,
    answers: spaces.map((space) => ({ subspace: space.name, objections: objections(space, payment) })),
  }))
  terminal.line(
    `common part (最大公约数): ${common.requirements.map((each) => demand(each, data)).join('; ') || 'nothing'}`,
  )
  for (const { payment, answers } of payments) {
    terminal.line(`${payment}: valid to the protocol`)
    for (const { subspace, objections: found } of answers)
      terminal.line(
        `  ${subspace}: ${found.length === 0 ? 'acceptable' : `refused, ${reason(found[0]!, data)}`}`,
      )
  }
  const isRefused = payments.some(({ answers }) => answers.some(({ objections: found }) => found.length > 0))
  return { exitCode: isRefused ? 1 : 0, json: { common, payments } }
}

function readSubspace(file: string, data: ActiveChain): Subspace {
  const script = (owner: string) => accountOf(owner, data).replace('script:', '')
  return inFile(file, () => {
    const { name, requirements } = parseShaped(file, readText(file), subspaceSchema)
    return {
      name,
      requirements: requirements.map((each): Requirement => {
        if (each.kind === 'jurisdiction') return { ...each, registered: each.registered.map(script) }
        return each.kind === 'tax' ? { ...each, collector: script(each.collector) } : each
      }),
    }
  })
}

/** Every transaction of the active chain that is no coinbase, with what it spends. */
function paymentsOf({ blocks }: ActiveChain): { id: string; payment: Payment }[] {
  const outputs = new Map<string, Output>()
  return blocks.flatMap(({ transactions }) =>
    transactions.flatMap((transaction) => {
      const id = txid(transaction)
      for (const [index, output] of transaction.outputs.entries())
        outputs.set(outpointKey({ txid: id, index }), output)
      if (isCoinbase(transaction)) return []
      const spent = transaction.inputs.map(({ outpoint }) => outputs.get(outpointKey(outpoint))!)
      return [{ id, payment: { transaction, spent } }]
    }),
  )
}

function demand(requirement: Requirement, data: ActiveChain): string {
  const owner = (script: string) => ownerText(`script:${script}`, data)
  if (requirement.kind === 'jurisdiction')
    return `parties ${requirement.registered.map(owner).join(', ') || 'none'}`
  if (requirement.kind === 'tax')
    return `tax ${requirement.perTenThousand / 100} % to ${owner(requirement.collector)}`
  return requirement.kind === 'currency'
    ? `units of ${requirement.unitSats} sats`
    : `at most ${requirement.sats} sats`
}

function reason({ requirement, expected, actual }: Objection, data: ActiveChain): string {
  const found = requirement.kind === 'jurisdiction' ? ownerText(`script:${actual}`, data) : actual
  return `${requirement.kind}: expected ${expected}, found ${found}`
}
