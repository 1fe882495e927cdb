import type { StoryLimits } from '../target-kind.ts'
import { refusalOf } from './engine.ts'
import type { PlainNode } from './node.ts'

/** Two periods of 144 blocks that signal, and one before: from then on what is voted on by bits is in force. [BIP9] */
const PRELUDE_BLOCKS = 3 * 144
/** All of CSV's, segwit's and taproot's bits. [BIP9] */
const SIGNALS_ALL = 0x20000007
/** September 2020: later than April 2012, before which P2SH is not judged. [BIP16] */
const EPOCH = 1_600_000_000

/** How stories are played to a node whose soft forks cannot be moved: above blocks that bring them into force. */
export function plainLimits(node: PlainNode): StoryLimits {
  return {
    chain: node.chain,
    movableForks: [],
    bip94IsOption: false,
    outOfReach: OUT_OF_REACH,
    prelude: { blocks: PRELUDE_BLOCKS, version: SIGNALS_ALL, startTime: EPOCH },
    refusalOf: (chain) => refusalOf(node, chain),
  }
}

const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'block-size': 'a megabyte of transactions is too long for a story',
  'block-weight': 'four million units are too long for a story',
  'transaction-size': 'a megabyte is too long for a story',
  'input-values': 'so much money has not been made at its heights',
  'fee-in-range': 'so much money has not been made at its heights',
  'fees-in-range': 'so much money has not been made at its heights',
  'subsidy-ends': 'its last halving is 9,000 blocks away',
  'no-witness': 'segwit is in force',
  'signet-solution': 'it is no signet',
  'version-with-segwit': 'it is a rule of Litecoin',
  'no-timewarp': 'it has no BIP94',
  'coinbase-height': 'BIP34 is never in force',
  'version-at-least-2': 'BIP34 is never in force',
  'version-at-least-3': 'in force from block 1251 on',
  'version-at-least-4': 'in force from block 1351 on',
  'time-not-in-future': 'its clock cannot be set',
  'parent-known': 'it keeps blocks whose parent it lacks',
  activation: 'its soft forks are in force, or far away',
  'reorganisation across an activation': 'its soft forks are in force, or far away',
}
