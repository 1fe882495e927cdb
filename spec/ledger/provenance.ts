import type { Book } from './book.ts'
import type { Coordinate, Quantum } from './quantum.ts'

/** A quantum met on a walk through history, and how many payments away it is. */
export interface TraceStep {
  readonly quantum: Quantum
  readonly distance: number
}

/** Where it came from (从哪来): the quantum itself, then its origins, nearest first, each once, down to the sources. */
export function traceBack(book: Book, start: Coordinate): readonly TraceStep[] {
  return walk(book, start, (quantum) => quantum.origins)
}

/** Where it went (去过哪): the quantum itself, then what it was turned into, nearest first, each once. */
export function traceForward(book: Book, start: Coordinate): readonly TraceStep[] {
  return walk(book, start, (quantum) => book.successors.get(quantum.coordinate, []))
}

/** The coinbase quanta at the end of the way back: no source, no validity. */
export function sourcesOf(book: Book, start: Coordinate): readonly Quantum[] {
  return traceBack(book, start)
    .map((step) => step.quantum)
    .filter((quantum) => quantum.origins.length === 0)
}

function walk(
  book: Book,
  start: Coordinate,
  next: (quantum: Quantum) => readonly Coordinate[],
): readonly TraceStep[] {
  const seen = new Set([start])
  const steps: TraceStep[] = []
  let frontier: readonly Coordinate[] = [start]
  for (let distance = 0; frontier.length > 0; distance++) {
    const quanta = frontier
      .map((coordinate) => book.quanta.get(coordinate))
      .filter((quantum) => quantum !== undefined)
    steps.push(...quanta.map((quantum) => ({ quantum, distance })))
    frontier = [...new Set(quanta.flatMap(next))].filter((coordinate) => !seen.has(coordinate))
    for (const coordinate of frontier) seen.add(coordinate)
  }
  return steps
}
