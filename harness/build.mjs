/**
 * Bundles our own code to dist/, packages external: one entry per executable, export and worker thread.
 * Node 20 strips no types, so `npm ci` runs this through `prepare`; it needs nothing but esbuild.
 * A worker thread is any file named NAME.worker.ts; it becomes dist/NAME.worker.js.
 */
import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

const workers = ['impl', 'harness'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => [basename(file, '.ts'), join(folder, file)]),
)

const entryPoints = {
  cli: 'harness/cli.ts',
  spec: 'spec/index.ts',
  node: 'impl/index.ts',
  harness: 'harness/index.ts',
  ...Object.fromEntries(workers),
}

rmSync(join(root, 'dist'), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
})
