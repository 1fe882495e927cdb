import fs from 'node:fs'
import path from 'node:path'
import { type Settings, SettingsError } from '../daemon/index.ts'
import { dataDirectory } from './read-settings.ts'

/** Makes the directories of one chain; where its data and its block files lie. Throws SettingsError. */
export function chainDirectories(settings: Settings, folder: string): { directory: string; blocks: string } {
  const directory = path.join(dataDirectory(settings), folder)
  const named = settings.text('blocksdir')
  if (named !== undefined && !fs.existsSync(named))
    throw new SettingsError(`Specified blocks directory "${named}" does not exist.`)
  const blocks = path.join(named === undefined ? directory : path.resolve(named, folder), 'blocks')
  // Tools of bitcoind look for blocks/index and wallets.
  for (const place of [
    directory,
    ...['blocks/index', 'chainstate', 'wallets'].map((name) => path.join(directory, name)),
    blocks,
  ])
    fs.mkdirSync(place, { recursive: true, mode: 0o700 })
  return { directory, blocks }
}
