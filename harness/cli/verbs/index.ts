import type { Command } from 'commander'
import type { VerbContext } from '../verb.ts'
import { auditCommand } from './audit.ts'
import { benchCommand } from './bench.ts'
import { chainCommand, foundAlias } from './chain/index.ts'
import { checkCommand } from './check/index.ts'
import { conformCommand } from './conform.ts'
import { fillCommand } from './fill.ts'
import { fuzzCommand } from './fuzz.ts'
import { judgeCommand } from './judge.ts'
import { ledgerCommand } from './ledger/index.ts'
import { mutantsCommand } from './mutants.ts'
import { nodeCommand } from './node.ts'
import { promoteCommand } from './promote.ts'
import { proposalCommand } from './proposal/index.ts'
import { replayCommand } from './replay.ts'
import { reportCommand } from './report.ts'
import { rulesCommand } from './rules/index.ts'
import { runCommand } from './run.ts'
import { shrinkCommand } from './shrink.ts'
import { simulateCommand } from './simulate.ts'
import { studyCommand } from './study.ts'
import { vectorsCommand } from './vectors.ts'
import { workerCommand } from './worker.ts'

/** Every verb, in the order in which the help lists them. */
export const commands: readonly ((context: VerbContext) => Command)[] = [
  runCommand,
  simulateCommand,
  workerCommand,
  replayCommand,
  shrinkCommand,
  promoteCommand,
  checkCommand,
  studyCommand,
  conformCommand,
  fuzzCommand,
  judgeCommand,
  auditCommand,
  vectorsCommand,
  fillCommand,
  mutantsCommand,
  proposalCommand,
  chainCommand,
  rulesCommand,
  ledgerCommand,
  reportCommand,
  benchCommand,
  nodeCommand,
]

/** Old names that still work; the help does not list them. */
export const aliases: readonly ((context: VerbContext) => Command)[] = [foundAlias]
