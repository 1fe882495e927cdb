import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Module } from '../../../../spec/index.ts'
import { catalogue } from '../../../checker/index.ts'
import { parseStrictJson } from '../../../files/index.ts'
import { UsageError } from '../../usage-error.ts'

// biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
type AnyModule = Module<any> & { readonly withConstants?: (constants: object) => AnyModule }

export interface ModelChoice {
  readonly model?: string
  readonly preset?: string
  /** Constants as they are typed: NAME=VALUE. */
  readonly set: readonly string[]
}

/**
 * The model that is asked for: by its name in the catalogue, or from the default export of a JavaScript file. Throws
 * UsageError when there is none, or when it has no such preset or constant.
 */
export async function chooseModel({ model: name, preset, set }: ModelChoice): Promise<AnyModule> {
  const entries = catalogue()
  if (name === undefined)
    throw new UsageError(`expected a model: ${entries.map((entry) => entry.name).join(', ')}`)
  const found = entries.find((entry) => entry.name === name)?.model ?? (await fromFile(name))
  return withConstants(name, withPreset(name, found, preset), set)
}

async function fromFile(path: string): Promise<AnyModule> {
  if (!existsSync(path))
    throw new UsageError(`${path}: neither a model nor a file; check --list shows the models`)
  let loaded: { readonly default?: Partial<AnyModule> }
  try {
    loaded = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const model = loaded.default
  if (model === undefined || !Array.isArray(model.actions) || !Array.isArray(model.init))
    throw new UsageError(`${path}: expected a default export made by defineModule`)
  return model as AnyModule
}

function withPreset(name: string, model: AnyModule, preset: string | undefined): AnyModule {
  if (preset === undefined) return model
  if (model.presets.includes(preset)) return model.withPreset(preset)
  const presets = model.presets.join(', ')
  throw new UsageError(`--preset ${preset}: ${name} has ${presets === '' ? 'none' : presets}`)
}

function withConstants(name: string, model: AnyModule, set: readonly string[]): AnyModule {
  const changes = set.map((text) => {
    const [, constant = '', value = ''] = /^([^=]+)=(.*)$/.exec(text) ?? []
    if (!Object.hasOwn(model.constants, constant))
      throw new UsageError(
        `--set ${text}: ${name} has the constants ${Object.keys(model.constants).join(', ')}`,
      )
    try {
      return [constant, parseStrictJson(value)]
    } catch {
      throw new UsageError(`--set ${text}: expected a value in JSON after =`)
    }
  })
  if (changes.length === 0) return model
  return model.withConstants!(Object.fromEntries(changes))
}
