import { MODELS, type Module } from '../../spec/index.ts'
import { CLASSICS } from './classics/index.ts'

/** A model that can be asked for by name. */
export interface CatalogueEntry {
  readonly name: string
  readonly kind: 'of the chain' | 'classic'
  // biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
  readonly model: Module<any>
}

/** Every model that comes with the program: first those of the chain, then public ones with known counts. */
export function catalogue(): readonly CatalogueEntry[] {
  return [
    ...[...MODELS].map(([name, model]) => ({ name, kind: 'of the chain' as const, model })),
    ...[...CLASSICS].map(([name, { model }]) => ({ name, kind: 'classic' as const, model })),
  ]
}
