import { type Checklist, type Limits, rulesOf, type Upgrade } from '../../spec/index.ts'

/** One difference that a draft makes, in the words of the rules. */
export interface Difference {
  readonly kind:
    | 'rule'
    | 'rule out of force'
    | 'feature'
    | 'opcode'
    | 'program'
    | 'leaf'
    | 'key'
    | 'limit'
    | 'header'
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What changes when a draft comes into force, rule by rule. */
export function differencesOf(draft: Upgrade): readonly Difference[] {
  const { adds = {}, extension = {}, supersedes = [], limits = {}, proofOfWork, headerBytes } = draft
  const added = Object.entries(adds).flatMap(([stage, list]) =>
    [...rulesOf(list as Checklist<unknown, Limits>)].map(({ rule, path }) => ({
      stage: [stage, ...path].join(', '),
      rule,
    })),
  )
  return [
    ...added.map(({ stage, rule }) => ({
      kind: 'rule' as const,
      name: rule.id,
      before: `no rule (${stage})`,
      after: rule.must,
    })),
    ...supersedes.map((id) => ({
      kind: 'rule out of force' as const,
      name: id,
      before: 'in force',
      after: 'never asked',
    })),
    ...(draft.features ?? []).map((name) => ({ kind: 'feature' as const, name, before: 'off', after: 'on' })),
    ...(extension.opcodes ?? []).map(({ slot, name }) => ({
      kind: 'opcode' as const,
      name,
      before: `OP_${slot.replace(/^OP_/, '')}`,
      after: name,
    })),
    ...(extension.witnessPrograms ?? []).map(({ version, programBytes }) => ({
      kind: 'program' as const,
      name: `witness version ${version}, ${programBytes} bytes`,
      before: 'anybody may spend it',
      after: 'the draft judges it',
    })),
    ...(extension.leafVersions ?? []).map(({ version }) => ({
      kind: 'leaf' as const,
      name: `leaf version ${version.toString(16)}`,
      before: 'anybody may spend it',
      after: 'the draft judges it',
    })),
    ...(extension.publicKeyTypes ?? []).map(({ feature }) => ({
      kind: 'key' as const,
      name: feature,
      before: 'any signature is valid',
      after: 'the draft judges it',
    })),
    ...Object.entries(limits).map(([name, value]) => ({
      kind: 'limit' as const,
      name,
      before: 'as today',
      after: String(value),
    })),
    ...(proofOfWork === undefined
      ? []
      : [{ kind: 'header' as const, name: 'proof of work', before: 'sha256d', after: proofOfWork }]),
    ...(headerBytes === undefined
      ? []
      : [{ kind: 'header' as const, name: 'header', before: '80 bytes', after: `${headerBytes} bytes` }]),
  ]
}
