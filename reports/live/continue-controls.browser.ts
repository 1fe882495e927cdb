import { stateAt } from '../parts/run-state.ts'
import { timeLabel } from '../parts/time-axis.ts'
import { type RunRecord, recordsOf } from '../run-record.ts'
import { ADDITIONS, type Addition, type AdditionKind, type View } from './view.ts'

/** What the controls ask of the page. */
export interface ContinueHost {
  change(added: readonly Addition[]): void
  reset(): void
  /** The address that shows what is seen now. */
  address(): string
  /** The story with everything that was added. */
  story(): unknown
}

/** What stands to choose from at a moment. */
export interface Offer {
  readonly records: readonly RunRecord[]
  readonly atMs: number
  readonly view: View
  readonly items: readonly string[]
}

export interface ContinueControls {
  offer(offer: Offer): void
  /** Shows in one line why nothing was played. */
  complain(text: string): void
}

/** Builds the controls that go on with a story: choose what happens, undo it, share it, save it. */
export function continueControls(place: HTMLElement, host: ContinueHost): ContinueControls {
  let added: readonly Addition[] = []
  let names: HTMLSelectElement[] = []
  let current: Offer | undefined
  const kind = select('What happens', Object.keys(ADDITIONS))
  const slots = document.createElement('span')
  const list = document.createElement('ol')
  const message = document.createElement('p')
  message.setAttribute('role', 'status')
  const undo = button('Undo', () => host.change(added.slice(0, -1)))
  const reset = button('Back to the recorded run', () => host.reset())
  kind.addEventListener('change', () => fillSlots())
  place.replaceChildren(
    kind,
    slots,
    button('Do it', () =>
      host.change([...added, { kind: kind.value as AdditionKind, names: names.map(({ value }) => value) }]),
    ),
    undo,
    reset,
    button('Copy link', () => copy(host.address(), 'the link is copied')),
    button('Save story', () => save(host.story())),
    list,
    message,
  )

  function fillSlots(): void {
    if (current === undefined) return
    const offer = current
    names = ADDITIONS[kind.value as AdditionKind].map((wanted, index) =>
      select(wanted, choices(wanted, index, offer)),
    )
    slots.replaceChildren(...names)
  }

  function copy(text: string, done: string): void {
    navigator.clipboard?.writeText(text).then(
      () => say(done),
      () => say(text),
    )
    if (navigator.clipboard === undefined) say(text)
  }

  function say(text: string): void {
    message.textContent = text
  }

  return {
    offer(offer) {
      current = offer
      added = offer.view.added
      fillSlots()
      undo.disabled = added.length === 0
      reset.disabled = offer.view.fromMs === undefined
      list.replaceChildren(...added.map(({ kind, names }) => line(`${kind} ${names.join(' ')}`)))
      say(
        offer.view.fromMs === undefined
          ? `The story can go on from ${timeLabel(offer.atMs)}: what came later is cut off.`
          : `The story was cut at ${timeLabel(offer.view.fromMs)}; the engine in this page played what you added.`,
      )
    },
    complain: say,
  }
}

function choices(wanted: string, index: number, { records, atMs, items }: Offer): readonly string[] {
  const nodes = recordsOf(records, 'run')[0]?.nodes ?? []
  if (wanted === 'node') return nodes
  if (wanted === 'seconds') return ['1', '10', '60', '600', '3600']
  if (wanted === 'item') return items.filter((item) => item !== 'genesis')
  if (wanted === 'group') return groups(nodes, index)
  const tips = stateAt(records, atMs).flatMap(({ tip }) => (tip === undefined ? [] : [tip.item]))
  const blocks = recordsOf(records, 'block').map(({ name }) => name)
  return [...new Set([...tips, ...blocks, 'genesis'])]
}

/** The first n nodes, or the rest of them. */
function groups(nodes: readonly string[], index: number): string[] {
  const cuts = nodes.slice(1).map((_, cut) => cut + 1)
  return cuts.map((cut) => (index === 0 ? nodes.slice(0, cut) : nodes.slice(cut)).join('+'))
}

function select(label: string, options: readonly string[]): HTMLSelectElement {
  const element = document.createElement('select')
  element.setAttribute('aria-label', label)
  element.replaceChildren(
    ...options.map((text) => {
      const option = document.createElement('option')
      option.textContent = text
      return option
    }),
  )
  return element
}

function button(text: string, pressed: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.textContent = text
  element.addEventListener('click', pressed)
  return element
}

function line(text: string): HTMLLIElement {
  const element = document.createElement('li')
  element.textContent = text
  return element
}

function save(story: unknown): void {
  const link = document.createElement('a')
  link.href = `data:application/json,${encodeURIComponent(JSON.stringify(story, undefined, 2))}`
  link.download = 'story.json'
  link.click()
}
