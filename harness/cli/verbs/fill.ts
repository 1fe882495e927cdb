import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { parseTarget } from '../../adapters/index.ts'
import {
  AUTHORITY,
  confirmedBy,
  type FixtureFile,
  fillFixtures,
  fixtureCompanions,
  packTarball,
  playFixtures,
} from '../../conformance/index.ts'
import { readText, writeWhole } from '../../files/index.ts'
import { ROOT_FOLDER } from '../folders.ts'
import type { Terminal } from '../terminal.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'

interface FillOptions {
  readonly out: string
  readonly confirm: readonly string[]
  readonly tarball?: string
}

/** Beside the fixtures, so that they are of use without this program. */
const COMPANIONS = ['consumer.py', 'README.md']
const FOLDER = join(ROOT_FOLDER, 'harness/conformance/fixtures')

/** `touchstone fill` */
export function fillCommand(context: VerbContext): Command {
  const command = new Command('fill')
    .description('write fixtures for other nodes: blocks and chains with what must become of each')
    .requiredOption('--out <folder>', 'where they go')
    .option(
      '--confirm <target>',
      'a program that is asked whether it agrees, as --node of conform names it; may be given again',
      (target: string, before: readonly string[]) => {
        if (target === 'spec') throw new InvalidArgumentError('The specification has made them.')
        return [...before, target]
      },
      [],
    )
    .option('--tarball <file>', 'write them as one file, too; the same fixtures give the same bytes')
  return verb<FillOptions>(command, context, async (terminal, options) => fill(terminal, options))
}

function fill(terminal: Terminal, { out, confirm, tarball }: FillOptions): VerbResult {
  const bar = terminal.progress('fill', 10)
  let made = 0
  let files: ReadonlyMap<string, FixtureFile>
  try {
    files = fillFixtures((name) => bar.update(made++, name))
    for (const target of confirm) files = confirmed(terminal, files, target)
  } finally {
    bar.stop()
  }
  const texts = new Map([...files].map(([name, file]) => [name, textOf(file)]))
  for (const [name, text] of fixtureCompanions()) texts.set(name, text)
  for (const name of COMPANIONS) texts.set(name, readText(join(FOLDER, name)))
  texts.set('LICENSE', readText(join(ROOT_FOLDER, 'LICENSE')))
  texts.set('SHA256SUMS', sumsOf(texts))
  for (const [name, text] of texts) writeWhole(join(out, name), text)
  if (tarball !== undefined) {
    const packed = packTarball(
      new Map([...texts].map(([name, text]) => [`fixtures/${name}`, Buffer.from(text)])),
    )
    writeWhole(tarball, packed)
  }
  const all = [...files.values()].flatMap(({ fixtures }) => fixtures)
  const kinds: Record<string, number> = {}
  for (const { kind } of all) kinds[kind] = (kinds[kind] ?? 0) + 1
  const provisional = all.filter(
    ({ confirmedBy }) => !confirmedBy.some(({ program }) => program === AUTHORITY),
  ).length
  const rules = new Set(all.flatMap(({ rule }) => rule ?? []))
  terminal.line(
    `${all.length} fixtures about ${rules.size} rules in ${files.size} files; ${provisional} provisional, without ${AUTHORITY}'s word`,
  )
  for (const [kind, count] of Object.entries(kinds)) terminal.line(`  ${count} ${kind}`)
  terminal.line(out)
  return {
    exitCode: 0,
    json: { out, fixtures: all.length, provisional, kinds, rules: [...rules], files: [...texts.keys()] },
  }
}

/** A program that differs is reported; it is not asked again. */
function confirmed(
  terminal: Terminal,
  files: ReadonlyMap<string, FixtureFile>,
  target: string,
): ReadonlyMap<string, FixtureFile> {
  const engine = parseTarget('--confirm', target).open()
  try {
    return new Map(
      [...files].map(([name, file]) => {
        const results = playFixtures(file, engine, 'exact')
        for (const { id, status, message } of results)
          if (status === 'fail') terminal.note(`${engine.name} differs: ${name}: ${id}: ${message}`)
        return [name, confirmedBy(file, engine, results)]
      }),
    )
  } finally {
    engine.close()
  }
}

/** A line for each delivery and each fixture. */
function textOf({ nodes, fixtures, ...rest }: FixtureFile): string {
  const lines = (items: readonly object[]) =>
    `[\n${items.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`
  const head = Object.entries(rest).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return `{\n${[...head, ` "nodes": ${lines(nodes)}`, ` "fixtures": ${lines(fixtures)}`].join(',\n')}\n}\n`
}

function sumsOf(texts: ReadonlyMap<string, string>): string {
  return [...texts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`)
    .join('')
}
