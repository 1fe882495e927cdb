import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { isAbsolute, join, normalize } from 'node:path'
import { FileError, readBytes, readText, writeWhole } from '../../files/index.ts'

/** One public file: where it lies here, where it comes from, and what it must be. */
interface ManifestEntry {
  readonly path: string
  readonly sha256: string
  readonly repository: string
  readonly commit: string
  readonly sourcePath: string
}

const COLUMNS = ['path', 'sha256', 'source_repo', 'commit', 'source_path'] as const

/** Reads a MANIFEST.tsv; files that were derived from others have no origin and are left out. @throws FileError */
export function readManifest(file: string): ManifestEntry[] {
  const [head = '', ...rows] = readText(file).trimEnd().split('\n')
  const places = COLUMNS.map((name) => head.split('\t').indexOf(name))
  if (places.includes(-1)) throw new FileError(`${file}: line 1: expected the columns ${COLUMNS.join(', ')}`)
  return rows
    .map((row, index) => {
      const cells = row.split('\t')
      const [path, sha256, repository, commit, sourcePath] = places.map((place) => cells[place] ?? '')
      if (isAbsolute(path!) || normalize(path!).startsWith('..'))
        throw new FileError(`${file}: line ${index + 2}: ${path}: expected a path below the folder`)
      return {
        path: path!,
        sha256: sha256!,
        repository: repository!,
        commit: commit!,
        sourcePath: sourcePath!,
      }
    })
    .filter(({ commit }) => /^[0-9a-f]{40}$/.test(commit))
}

/** Where a pinned file can be had. */
function originOf({ repository, commit, sourcePath }: ManifestEntry): string {
  return `https://raw.githubusercontent.com/${repository}/${commit}/${sourcePath}`
}

type FetchOutcome = 'there already' | 'fetched'

/** Gets one file unless it is there; what has another hash than the manifest says is not kept. @throws FileError */
export async function fetchEntry(
  entry: ManifestEntry,
  folder: string,
  download: (address: string) => Promise<Uint8Array>,
): Promise<FetchOutcome> {
  const target = join(folder, entry.path)
  if (existsSync(target) && hashOf(readBytes(target)) === entry.sha256) return 'there already'
  const bytes = await download(originOf(entry))
  const hash = hashOf(bytes)
  if (hash !== entry.sha256)
    throw new FileError(`${entry.path}: expected sha256 ${entry.sha256}, got ${hash} from ${originOf(entry)}`)
  writeWhole(target, bytes)
  return 'fetched'
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
