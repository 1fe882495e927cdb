import { ScenarioError } from './error.ts'
import type { UnexpandedScenario } from './format/index.ts'

/** What one scenario may ask for: far above any story, far below what a machine does not survive. */
const ITEMS_MAX = 20_000
const NODES_MAX = 200
const LINKS_MAX = 2_000
/** Items times receivers, over all steps. */
const DELIVERIES_MAX = 200_000
/** Virtual time times links: idle links exchange pings. */
const LINK_MS_MAX = 10_000_000_000

/**
 * Refuses a scenario that could not be compiled or played in bounded time and memory, before any of it is written out.
 * What its blocks cost to mine is counted by the forge. @throws ScenarioError
 */
export function checkBounds(scenario: UnexpandedScenario): void {
  const items = countItems(scenario)
  if (items > ITEMS_MAX) tooMany('runs', `${items} blocks and transactions`, ITEMS_MAX)
  const nodes = Object.values(scenario.nodes)
  if (nodes.length > NODES_MAX) tooMany('nodes', `${nodes.length} nodes`, NODES_MAX)
  const links = nodes.reduce((sum, { peers }) => sum + peers.length, 0)
  if (links > LINKS_MAX) tooMany('nodes', `${links} links`, LINKS_MAX)
  checkDeliveries(scenario, items)
  checkTimes(scenario, links)
}

function countItems({ blocks, transactions, runs }: UnexpandedScenario): number {
  const written = Object.keys(blocks).length + Object.keys(transactions).length
  return Object.values(runs).reduce((sum, { count }) => sum + count, written)
}

function checkDeliveries({ steps }: UnexpandedScenario, items: number): void {
  let deliveries = 0
  for (const [index, step] of steps.entries()) {
    if (step.do !== 'send') continue
    // A range that is longer than the list of items names one that does not exist, which is said where it is expanded.
    const sent = step.items.reduce((sum, item) => sum + Math.min(rangeLength(item), items), 0)
    deliveries += sent * (step.to?.length ?? 1)
    if (deliveries > DELIVERIES_MAX)
      tooMany(`steps.${index}.items`, `${deliveries} deliveries up to this step`, DELIVERIES_MAX)
  }
}

function checkTimes({ steps }: UnexpandedScenario, links: number): void {
  const msMax = Math.floor(LINK_MS_MAX / Math.max(links, 1))
  let now = 0
  for (const [index, step] of steps.entries()) {
    now = step.at ?? now
    const within = step.do === 'expect' ? (step.withinMs ?? 0) : 0
    const [field, value] = within > 0 ? ['withinMs', now + within] : ['at', now]
    if (value > msMax)
      throw new ScenarioError(
        `steps.${index}.${field}`,
        `ends at ${value} ms; expected at most ${msMax} with ${links} links`,
      )
  }
}

/** How many items `a1..a12` stands for; 1 for a name. */
function rangeLength(item: string): number {
  const match = /(\d+)\.\..*?(\d+)$/.exec(item)
  return match === null ? 1 : Math.max(1, Number(match[2]) - Number(match[1]) + 1)
}

function tooMany(path: string, found: string, max: number): never {
  throw new ScenarioError(path, `${found}; expected at most ${max}`)
}
