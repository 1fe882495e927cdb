import { join } from 'node:path'
import { Command } from 'commander'
import { fetchEntry, readManifest } from '../../conformance/index.ts'
import { FileError } from '../../files/index.ts'
import { ROOT_FOLDER } from '../folders.ts'
import { requirePaths } from '../options.ts'
import { type VerbContext, verb } from '../verb.ts'

interface FetchOptions {
  readonly out: string
  readonly manifest?: string
}

const TIMEOUT_MS = 60_000
const RELEASED = join(ROOT_FOLDER, 'harness/conformance/vectors/manifest.tsv')

/** `touchstone vectors fetch` */
export function vectorsFetchCommand(context: VerbContext): Command {
  const command = new Command('fetch')
    .description('get the larger set of public vectors, each file from its origin by pinned commit and hash')
    .requiredOption('--out <folder>', 'where they go; name it in TOUCHSTONE_VECTORS')
    .option('--manifest <file>', 'what to get (default: the list of this release)')
  return verb<FetchOptions>(command, context, async (terminal, { out, manifest = RELEASED }) => {
    requirePaths([manifest])
    const entries = readManifest(manifest)
    const bar = terminal.progress('fetch', entries.length)
    const count = { fetched: 0, 'there already': 0 }
    try {
      for (const [index, entry] of entries.entries()) {
        bar.update(index, entry.path)
        count[await fetchEntry(entry, out, download)]++
      }
    } finally {
      bar.stop()
    }
    terminal.line(
      `${count.fetched} fetched, ${count['there already']} there already, all with the expected hashes`,
    )
    terminal.line(out)
    return { exitCode: 0, json: { out, fetched: count.fetched, present: count['there already'] } }
  })
}

async function download(address: string): Promise<Uint8Array> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    throw new FileError(`${address}: ${error instanceof Error ? error.message : error}${cause}`)
  }
}
