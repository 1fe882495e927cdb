import fs from 'node:fs'
import { builtInChain, type ChainParameters, parseChainFile } from '../chains/index.ts'
import { type ChainChoice, chooseChain, type Settings, SettingsError } from '../daemon/index.ts'
import type { Crypto } from '../script-engine/index.ts'

/** A chain by its name, or from a chain file. Throws SettingsError. */
export function loadChain(
  settings: Settings,
  crypto: Crypto,
): { choice: ChainChoice; chain: ChainParameters } {
  const choice = chooseChain(settings)
  if (choice !== undefined) return { choice, chain: builtInChain(choice.builtIn, crypto)! }
  const file = settings.text('chain')!
  if (!fs.existsSync(file)) throw new SettingsError(`Unknown chain ${file}.`)
  try {
    const chain = parseChainFile(JSON.parse(fs.readFileSync(file, 'utf8')), crypto)
    return { choice: { name: chain.name, builtIn: chain.name, folder: chain.name }, chain }
  } catch (error) {
    throw new SettingsError(`${file}: ${(error as Error).message}`)
  }
}
