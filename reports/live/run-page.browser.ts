import { blockTree } from '../parts/block-tree.ts'
import { disputedCoins } from '../parts/disputed-coins.ts'
import { stateTable } from '../parts/state-table.ts'
import { swimLane } from '../parts/swim-lane.ts'
import { type RunRecord, recordsOf } from '../run-record.ts'
import { continueControls } from './continue-controls.browser.ts'
import { happeningsAt } from './happenings.ts'
import { momentsOf } from './moments.ts'
import type { StoryEngine } from './story-engine.ts'
import { timeline } from './timeline.browser.ts'
import { type View, viewFromHash, viewToHash } from './view.ts'

/** What of a run is on the screen. */
interface Shown {
  readonly records: readonly RunRecord[]
  readonly story?: unknown
  readonly items: readonly string[]
}

/** Brings a page of runs to life: scrub through time, go on from any moment, share what is seen. */
export function startRunPage(page: Document, createEngine: () => StoryEngine): void {
  const runs = JSON.parse(page.getElementById('runs')!.textContent ?? '[]') as RunRecord[][]
  let engine: StoryEngine | undefined
  const engineOf = () => {
    engine ??= createEngine()
    return engine
  }
  const opened = viewFromHash(page.location.hash)
  for (const [run, records] of runs.entries()) {
    const section = page.getElementById(`run${run}`)
    if (section !== null)
      startRun(section, records, opened?.run === run ? opened : { run, added: [] }, engineOf)
  }
  if (opened !== undefined) page.getElementById(`run${opened.run}`)?.scrollIntoView()
}

function startRun(
  section: HTMLElement,
  recorded: readonly RunRecord[],
  opened: View,
  engineOf: () => StoryEngine,
): void {
  const story = recordsOf(recorded, 'run')[0]?.story
  let view = opened
  let shown: Shown = { records: recorded, items: namesIn(recorded), story }
  const place = (name: string) => section.querySelector<HTMLElement>(`[data-part="${name}"]`)
  const time = timeline(place('timeline')!, (atMs) => show({ ...view, atMs }))
  const controls =
    story === undefined
      ? undefined
      : continueControls(place('continue')!, {
          change: (added) => replay({ ...view, fromMs: view.fromMs ?? currentMs(), added }),
          reset: () => replay({ run: view.run, added: [] }),
          address: () => `${location.href.split('#', 1)[0]}#${viewToHash(view)}`,
          story: () => shown.story,
        })
  replay(opened)

  function currentMs(): number {
    return view.atMs ?? momentsOf(shown.records).at(-1) ?? 0
  }

  /** Plays the story again where something was added; the recorded run stands otherwise. */
  function replay(next: View): void {
    if (next.fromMs === undefined) shown = { records: recorded, items: namesIn(recorded), story }
    else
      try {
        shown = engineOf().play(story, next)
      } catch (error) {
        controls?.complain(error instanceof Error ? error.message : String(error))
        return
      }
    drawWhole()
    // What was added is seen best from its end; an address may name a moment.
    const { atMs: _, ...atTheEnd } = next
    show(next === opened ? next : atTheEnd)
  }

  function drawWhole(): void {
    draw('lanes', swimLane(shown.records, String(view.run)).toString())
    time.setMoments(momentsOf(shown.records))
  }

  function show(next: View): void {
    view = next
    const atMs = currentMs()
    time.setMoment(atMs)
    draw('happenings', happeningsAt(shown.records, atMs, (id) => engineOf().rule(id)).toString())
    draw('tree', blockTree(shown.records, atMs)?.toString())
    draw('states', stateTable(shown.records, atMs).toString())
    draw('coins', disputedCoins(shown.records, atMs)?.toString())
    controls?.offer({ records: shown.records, atMs, view, items: shown.items })
    history.replaceState(null, '', `#${viewToHash(view)}`)
  }

  function draw(name: string, markup: string | undefined): void {
    const element = place(name)
    if (element !== null) element.innerHTML = markup ?? ''
  }
}

/** Blocks and transactions that the records name. */
function namesIn(records: readonly RunRecord[]): string[] {
  return records.flatMap((record) =>
    record.type === 'block' || record.type === 'transaction' ? [record.name] : [],
  )
}
