import { Command } from 'commander'
import { type Chain, chainByName, chainFiles } from '../../../../spec/index.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../../verb.ts'
import { writeRulesPage } from './page.ts'
import { type RuleSet, ruleSetAt } from './resolve-at.ts'
import { limitsAbout, type NamePlaces, opcodesAbout, type RulePlaces, rulesAbout } from './where.ts'

interface RulesOptions {
  readonly chain: string
  readonly at: string
  readonly html?: boolean
  readonly out?: string
}

/** `touchstone rules [--chain C --at HEIGHT|HASH]`, `touchstone rules where WORD` and `touchstone rules --html` */
export function rulesCommand(context: VerbContext): Command {
  const names = [...chainFiles.keys()].join(', ')
  const command = new Command('rules')
    .description('list the rules in force for a block; `rules where WORD` finds a rule, an opcode or a limit')
    .argument('[where...]', '`where WORD`: what is about a word, and the files where it lives')
    .option('--chain <name>', names, 'bitcoin')
    .option('--at <place>', 'a height, or the hash of a block that rules know by name', '1000000')
    .option('--html', 'write a page with every rule, its source and what fires it')
    .option('--out <file>', 'where the page goes; default: touchstone-report/rules.html')
  return verb<RulesOptions>(command, context, async (terminal, options, [verbWord, ...words]) => {
    const { chain, at, html, out } = options
    if (verbWord === 'where') return printPlaces(terminal, words, requireChain(chain))
    if (verbWord !== undefined) throw new UsageError(`rules ${verbWord}: expected nothing, or \`where WORD\``)
    if (html === true) return writeRulesPage(terminal, out)
    if (out !== undefined) throw new UsageError('--out: expected --html beside it')
    return printRuleSet(terminal, ruleSetAt(requireChain(chain), at))
  })
}

function requireChain(name: string): Chain {
  const chain = chainByName(name)
  if (chain === undefined)
    throw new UsageError(`--chain ${name}: expected one of ${[...chainFiles.keys()].join(', ')}`)
  return chain
}

function printRuleSet(terminal: Terminal, set: RuleSet): VerbResult {
  terminal.line(
    `${set.chain} at height ${set.height}${set.block === undefined ? '' : `, block ${set.block}`}`,
  )
  if (!set.isComplete)
    terminal.line(
      `incomplete: from height ${set.specifiedBelowHeight} on the chain has rules that are not specified here; blocks there are not judged`,
    )
  terminal.line()
  for (const { id, state, text, scriptsFromGenesis } of set.upgrades)
    terminal.line(
      `${id.padEnd(10)} ${state.padEnd(10)} ${text}${scriptsFromGenesis ? ' Its scripts are judged from genesis on.' : ''}`,
    )
  terminal.line()
  terminal.line(`script features: ${set.features.join(' ') || 'none'}`)
  let stage = ''
  for (const rule of set.rules) {
    if (rule.stage !== stage) terminal.line(`\n${rule.stage}`)
    stage = rule.stage
    terminal.line(
      `  ${rule.id.padEnd(28)} ${rule.reason.padEnd(38)} ${rule.must} [${rule.sources.join(', ')}]`,
    )
  }
  return { exitCode: 0, json: set }
}

function printPlaces(terminal: Terminal, words: readonly string[], chain: Chain): VerbResult {
  const word = words.join(' ')
  if (word === '') throw new UsageError('rules where: expected a word, such as `maturity`')
  const [rules, opcodes, limits] = [rulesAbout(word, chain), opcodesAbout(word), limitsAbout(word, chain)]
  for (const rule of rules) {
    terminal.line(`rule ${rule.id} (${rule.reason})`)
    terminal.line(`  ${rule.must} [${rule.sources.join(', ')}]`)
    printRooms(terminal, rule)
  }
  for (const [kind, named] of [
    ['opcode', opcodes],
    ['limit', limits],
  ] as const)
    for (const places of named) {
      terminal.line(`${kind} ${places.name}`)
      printRooms(terminal, places)
    }
  const count = rules.length + opcodes.length + limits.length
  if (count === 0) terminal.line(`no rule, opcode or limit is about ${word}`)
  return { exitCode: count === 0 ? 1 : 0, json: { word, rules, opcodes, limits } }
}

function printRooms(terminal: Terminal, places: RulePlaces | NamePlaces): void {
  for (const room of ['spec', 'impl', 'fault', 'scenarios'] as const) {
    const found = room === 'fault' ? ('fault' in places ? places.fault : undefined) : places[room]
    if (found !== undefined)
      terminal.line(`  ${room.padEnd(9)} ${found.length === 0 ? 'none' : found.join(' ')}`)
  }
}
