import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Loader, type Plugin } from 'esbuild'
import { PROPOSALS, UPGRADES, type Upgrade } from '../../spec/index.ts'
import { FileError } from '../files/index.ts'

/** A proposal by the id of a draft or of a deployed upgrade, or from a TypeScript or JavaScript file that exports one. @throws FileError */
export async function loadProposal(place: string): Promise<Upgrade> {
  const known = [...PROPOSALS, ...UPGRADES].find(({ id }) => id === place)
  return known ?? fromFile(place)
}

async function fromFile(path: string): Promise<Upgrade> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new FileError(
      `${path}: no such file, and no draft has this id: ${PROPOSALS.map(({ id }) => id).join(' ')}`,
    )
  return loadText(path, readFileSync(path, 'utf8'))
}

/** A proposal from a text that stands for the file at this place. @throws FileError */
export async function loadText(path: string, text: string): Promise<Upgrade> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-proposal-'))
  try {
    const bundle = join(folder, 'proposal.mjs')
    writeFileSync(bundle, await bundled(path, text))
    return theUpgradeIn(path, (await import(pathToFileURL(bundle).href)) as Record<string, unknown>)
  } catch (error) {
    if (error instanceof FileError) throw error
    throw new FileError(`${path}: ${firstLine(error)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One file with all that the proposal imports, but for the specification: there is only one of that. */
async function bundled(path: string, text: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: dirname(resolve(path)), sourcefile: path, loader: loaderOf(path) },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    plugins: [oneSpecification],
  })
  return outputFiles[0]!.text
}

function loaderOf(path: string): Loader {
  return /\.[cm]?js$/.test(path) ? 'js' : 'ts'
}

const isSource = import.meta.url.endsWith('.ts')
/** The door of the specification, beside the bundle that asks. */
const SPEC_DOOR = new URL(isSource ? '../../dist/spec.js' : './spec.js', import.meta.url).href
const SPEC_FOLDER = fileURLToPath(new URL(isSource ? '../../spec/' : '../spec/', import.meta.url))

const { resolve: resolveHere } = createRequire(import.meta.url)

/** There is one specification, and one copy of the hash functions that it runs on: `cost` meters these. */
const oneSpecification: Plugin = {
  name: 'one specification',
  setup({ onResolve }) {
    onResolve({ filter: /^touchstone\/spec$/ }, () => ({ path: SPEC_DOOR, external: true }))
    onResolve({ filter: /^@noble\// }, ({ path }) => ({
      path: pathToFileURL(resolveHere(path)).href,
      external: true,
    }))
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) =>
      resolve(resolveDir, path).startsWith(SPEC_FOLDER) && path.split(sep).at(-1) === 'index.ts'
        ? { path: SPEC_DOOR, external: true }
        : undefined,
    )
  },
}

function theUpgradeIn(path: string, exported: Record<string, unknown>): Upgrade {
  const found = Object.values(exported).filter(isUpgrade)
  const [upgrade] = found
  if (upgrade === undefined)
    throw new FileError(`${path}: expected an export with id, text, sources and deployment: an Upgrade`)
  if (new Set(found).size > 1) throw new FileError(`${path}: expected one Upgrade, found ${found.length}`)
  return upgrade
}

function isUpgrade(value: unknown): value is Upgrade {
  if (typeof value !== 'object' || value === null) return false
  const { id, text, sources, deployment } = value as Partial<Upgrade>
  return (
    typeof id === 'string' && typeof text === 'string' && Array.isArray(sources) && deployment !== undefined
  )
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const lines = message.split('\n').filter((line) => line.trim() !== '')
  return (/^Build failed/.test(lines[0] ?? '') ? lines[1] : lines[0]) ?? 'cannot be read'
}
