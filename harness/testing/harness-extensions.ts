import { type ExtensionPoint, TOUCHSTONE } from './extension-point.ts'

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

/** A dummy of each kind of extension of the harness. */
export const HARNESS_EXTENSIONS: readonly ExtensionPoint[] = [
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
    kind: 'foreign node',
    file: 'harness/adapters/dummy/client.ts',
    text: `import type { PlainNode } from '../any-node/node.ts'
import { oldRegtest } from '../any-node/regtest.ts'

export const DUMMY: PlainNode = {
  name: 'dummy',
  chain: oldRegtest('dummy-regtest', { taproot: { kind: 'never' } }),
  capabilities: new Set(['blocks']),
  words: [],
  takesUnasked: false,
  command: (path) => ({ command: { path, args: [] }, credentials: 'user:password' }),
}
`,
    index: 'harness/adapters/target.ts',
    imports: "import { DUMMY } from './dummy/client.ts'",
    entry: '  plainTarget(DUMMY),',
    before: '  plainTarget(BCOIN),\n',
    shownBy: [TOUCHSTONE, 'conform', '--help'],
    prints: /\bdummy:PATH\b/,
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
    kind: 'study',
    file: 'harness/simulation/study/studies/dummy.ts',
    text: `import type { Study } from '../study.ts'

export const dummy: Study = { name: 'dummy', title: 'Nothing is asked', text: '', sources: [], cells: [] }
`,
    index: 'harness/simulation/study/index.ts',
    imports: "import { dummy } from './studies/dummy.ts'",
    entry: '  dummy,',
    before: '  doubleSpend,\n',
    shownBy: [TOUCHSTONE, 'study', '--list'],
    prints: /^dummy +Nothing is asked$/m,
  },
]
