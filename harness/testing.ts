/** One more of a kind: its own file, the index that lists it, and what shows that it is there. */
export interface ExtensionPoint {
  readonly kind: string
  /** Path and text of the new file; a kind that needs a companion (a rule its fault) is listed with a point of its own. */
  readonly file: string
  readonly text: string
  readonly index: string
  /** The line that imports it into the index, and the entry that stands before `before` there. */
  readonly imports: string
  readonly entry: string
  readonly before: string
  /** What `node` is asked in the copy, and what it prints only with the extension. */
  readonly shownBy: readonly string[]
  readonly prints: RegExp
}

const TOUCHSTONE = 'harness/bin/touchstone'

/** Plays a story of one step: its schema, its wording in the trace, and the mark that it leaves. */
const PLAY_A_NAP = `
const { chainLookup, compileScenario, createNodeFactory, readScenario, simulate } = await import('./dist/harness.js')
const story = {
  format: 'touchstone-scenario/1', title: 't', story: 's', sources: ['none'], nodes: { n: {} },
  steps: [{ do: 'nap', node: 'n' }],
}
const compiled = compileScenario(readScenario(JSON.stringify(story)), chainLookup)
const { trace, marks } = simulate(compiled, createNodeFactory(), { traced: true })
console.log(trace.find((line) => line.includes(' step ')), ...marks)
`

/** Starts a node and lets its clock run: what its protocols log. */
const TICK_A_NODE = `
const { builtInChain, chooseCrypto, createNode, InPlaceChecks, MemoryFiles, MemoryOrderedStore } = await import('./dist/node.js')
const { crypto } = chooseCrypto()
const node = createNode({
  chain: builtInChain('regtest', crypto), files: new MemoryFiles(), store: new MemoryOrderedStore(),
  crypto, checks: new InPlaceChecks({ crypto }), entropy: () => 0.5,
})
for (const effect of [...node.step({ kind: 'start' }, 1e12), ...node.step({ kind: 'wake' }, 2e12)])
  if (effect.kind === 'log') console.log(effect.message)
`

/** A dummy of each kind of extension. */
export const EXTENSION_POINTS: readonly ExtensionPoint[] = [
  {
    kind: 'rule',
    file: 'spec/rules/transaction/dummy-rule.ts',
    text: `import { ok } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const dummyRule: ConsensusRule<Transaction> = rule({
  id: 'dummy-rule',
  reason: 'bad-txns-dummy',
  must: 'A transaction MUST be a transaction.',
  sources: ['none'],
  check: () => ok,
})
`,
    index: 'spec/rules/index.ts',
    imports: "import { dummyRule } from './transaction/dummy-rule.ts'",
    entry: '  dummyRule,',
    before: '  inputsNameOutputs,\n]',
    shownBy: [TOUCHSTONE, 'rules', 'where', 'dummy-rule'],
    prints: /^rule dummy-rule \(bad-txns-dummy\)$/m,
  },
  {
    kind: 'fault',
    file: 'harness/generators/faults/dummy-rule.ts',
    text: `import type { RuleFaults } from './rule-faults.ts'

export const dummyRule: RuleFaults = {
  rule: 'dummy-rule',
  faults: [],
  outOfReach: 'nothing breaks it',
}
`,
    index: 'harness/generators/faults/index.ts',
    imports: "import { dummyRule } from './dummy-rule.ts'",
    entry: '  dummyRule,',
    before: '  inputsNameOutputs,\n',
    shownBy: [TOUCHSTONE, 'rules', 'where', 'dummy-rule'],
    prints: /^ {2}fault {5}harness\/generators\/faults\/dummy-rule\.ts:4$/m,
  },
  {
    kind: 'opcode of the specification',
    file: 'spec/script/opcodes/dummy.ts',
    text: `import type { Opcode } from '../machine.ts'

export const dummyOpcodes: readonly Opcode[] = [{ code: 0xbb, name: 'OP_DUMMY', execute: () => {} }]
`,
    index: 'spec/script/opcodes/index.ts',
    imports: "import { dummyOpcodes } from './dummy.ts'",
    entry: '    ...dummyOpcodes, //      bb',
    before: '  ].map((opcode)',
    shownBy: [TOUCHSTONE, 'rules', 'where', 'OP_DUMMY'],
    prints: /^ {2}spec {6}spec\/script\/opcodes\/dummy\.ts:3$/m,
  },
  {
    kind: 'opcode of the node',
    file: 'impl/script-engine/operations/dummy.ts',
    text: `import type { Operation } from '../machine.ts'
import { OK } from '../script-error.ts'

export const DUMMY_OPERATIONS: Readonly<Record<number, Operation>> = { 0xbb: function DUMMY() { return OK } }
`,
    index: 'impl/script-engine/operations/index.ts',
    imports: "import { DUMMY_OPERATIONS } from './dummy.ts'",
    entry: '  DUMMY_OPERATIONS,',
    before: '  STACK_OPERATIONS,\n',
    shownBy: [TOUCHSTONE, 'rules', 'where', 'OP_DUMMY'],
    prints: /^ {2}impl {6}impl\/script-engine\/operations\/dummy\.ts:4$/m,
  },
  {
    kind: 'upgrade',
    file: 'spec/upgrades/dummy.ts',
    text: `import type { Upgrade } from './upgrade.ts'

export const dummy: Upgrade = { id: 'dummy', text: 'Nothing changes.', sources: ['none'], deployment: { kind: 'always' } }
`,
    index: 'spec/upgrades/deployed.ts',
    imports: "import { dummy } from './dummy.ts'",
    entry: '  dummy,',
    before: '  segwit,\n',
    shownBy: [TOUCHSTONE, 'rules', '--chain', 'regtest', '--at', '1'],
    prints: /^dummy +active +Nothing changes\.$/m,
  },
  {
    kind: 'disturbance',
    file: 'harness/simulation/disturbances/dummy.ts',
    text: `import { partition } from './partition.ts'

/** Nobody is parted from anybody. */
export const dummy = partition('dummy-partition', ({ stage, names }) =>
  stage.perform({ do: 'partition', groups: [[...names]] }),
)
`,
    index: 'harness/simulation/disturbances/index.ts',
    imports: "import { dummy } from './dummy.ts'",
    entry: '  dummy,',
    before: '  clockDrift,\n',
    shownBy: [TOUCHSTONE, 'simulate', '--help'],
    prints: /\bdummy-partition\b/,
  },
  {
    kind: 'attack',
    file: 'harness/simulation/adversary/attacks/dummy.ts',
    text: `import fc from 'fast-check'
import { actKind, node } from '../../act.ts'
import type { Director } from '../director.ts'

/** Nothing is done. */
export const dummy = actKind({
  name: 'dummy-attack',
  weight: 4,
  choices: () => fc.record({ node }),
  play: (director: Director) => director.mark('dummy-attack'),
})
`,
    index: 'harness/simulation/adversary/attacks/index.ts',
    imports: "import { dummy } from './dummy.ts'",
    entry: '  dummy,',
    before: '  malformed,\n',
    shownBy: [TOUCHSTONE, 'simulate', '--help'],
    prints: /\bdummy-attack\b/,
  },
  {
    kind: 'kind of step',
    file: 'harness/scenario/steps/nap.ts',
    text: `import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mentionsNode, stepKind } from './step-kind.ts'

export const nap = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('nap'), node: name, minutes: z.number().int().default(5) }),
  mentions: mentionsNode,
  perform: (world, { node }) => world.mark(node + ' naps'),
  text: ({ node, minutes }) => node + ' naps for ' + minutes + ' minutes',
})
`,
    index: 'harness/scenario/steps/index.ts',
    imports: "import { nap } from './nap.ts'",
    entry: '  nap,',
    before: '  expect,\n]',
    shownBy: ['--input-type=module', '-e', PLAY_A_NAP],
    prints: /^0 step 0 n naps for 5 minutes #[0-9a-f]+ n naps$/m,
  },
  {
    kind: 'peer-to-peer protocol',
    file: 'impl/peers/dummy-protocol.ts',
    text: `import type { Protocol } from './protocol.ts'

export const dummyProtocol: Protocol = {
  handlers: { dummy: (context, peer) => context.log('info', \`peer \${peer.id} sends a dummy\`) },
  // Once, when the node starts: the other dummies live in the same house.
  nextAt: ({ now }) => (now === 0 ? 0 : Number.POSITIVE_INFINITY),
  tick: (context) => context.log('info', 'the dummy protocol ticks'),
}
`,
    index: 'impl/peers/protocols.ts',
    imports: "import { dummyProtocol } from './dummy-protocol.ts'",
    entry: '  dummyProtocol,',
    before: '  servingProtocol,\n]',
    shownBy: ['--input-type=module', '-e', TICK_A_NODE],
    prints: /^the dummy protocol ticks$/m,
  },
  {
    kind: 'verb',
    file: 'harness/cli/verbs/dummy.ts',
    text: `import { Command } from 'commander'
import { type VerbContext, verb } from '../verb.ts'

export function dummyCommand(context: VerbContext): Command {
  const command = new Command('dummy').description('do nothing')
  return verb(command, context, async () => ({ exitCode: 0, json: {} }))
}
`,
    index: 'harness/cli/verbs/index.ts',
    imports: "import { dummyCommand } from './dummy.ts'",
    entry: '  dummyCommand,',
    before: '  nodeCommand,\n]',
    shownBy: [TOUCHSTONE, '--help'],
    prints: /^ {2}dummy .*do nothing$/m,
  },
  {
    kind: 'model',
    file: 'spec/models/dummy.ts',
    text: `import type { DefinedModule } from '../language/index.ts'
import { defineModule, oneOf } from '../language/index.ts'

export const dummy: DefinedModule<object, { x: number }> = defineModule<object, { x: number }>({
  name: 'Dummy',
  constants: {},
  variables: () => ({ x: oneOf([0]) }),
  init: () => [{ x: 0 }],
  actions: () => ({}),
  invariants: () => ({}),
})
`,
    index: 'spec/models/index.ts',
    imports: "import { dummy } from './dummy.ts'",
    entry: "  ['dummy', dummy],",
    before: '])',
    shownBy: ['-e', "import('./dist/spec.js').then(({ MODELS }) => console.log(...MODELS.keys()))"],
    prints: /\bdummy\b/,
  },
]
