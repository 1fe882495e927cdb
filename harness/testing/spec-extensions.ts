import { type ExtensionPoint, TOUCHSTONE } from './extension-point.ts'

/** A dummy of each kind of extension of the specification. */
export const SPEC_EXTENSIONS: readonly ExtensionPoint[] = [
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
