/**
 * Bundles our own code to dist/, packages external: one entry per executable, export and worker thread.
 * Node 20 strips no types, so `npm ci` runs this through `prepare`; it needs nothing but esbuild.
 * A worker thread is any file named NAME.worker.ts; it becomes dist/NAME.worker.js. Scripts of pages: build-pages.mjs.
 *
 * `--outdir DIR --patch JSON` bundles a mutant instead: JSON is `{file, find, replace}`, and `find` stands exactly
 * once in that file. Exit code 2 when it does not.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { buildPages } from './build-pages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { outdir: { type: 'string', default: 'dist' }, patch: { type: 'string' } },
})

const workers = ['impl', 'harness'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.worker.ts'))
    .map((file) => [basename(file, '.ts'), join(folder, file)]),
)

/** Hands esbuild the patched text of one file. */
function patching({ file, find, replace }) {
  const contents = readFileSync(join(root, file), 'utf8')
  if (contents.split(find).length !== 2) {
    console.error(`${file}: the text to replace must stand there exactly once: ${find}`)
    process.exit(2)
  }
  return {
    name: 'patch',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path === join(root, file) ? { contents: contents.replace(find, () => replace), loader: 'ts' } : null,
      ),
  }
}

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    cli: 'harness/cli/main.ts',
    spec: 'spec/index.ts',
    node: 'impl/index.ts',
    touchstoned: 'impl/touchstoned.ts',
    harness: 'harness/index.ts',
    ...Object.fromEntries(workers),
  },
  outdir: values.outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
  plugins: values.patch === undefined ? [] : [patching(JSON.parse(values.patch))],
})

// A mutant is judged by no page.
const pages = values.patch === undefined ? await buildPages(values.outdir) : []

// What an earlier build left goes only now, so that a failed build takes nothing away.
const outputs = new Set(
  [...Object.keys(metafile.outputs), ...pages].map((file) => relative(values.outdir, file)),
)
outputs.add('types') // emitted by `npm run types`, which the package wants and a checkout does not
for (const file of readdirSync(join(root, values.outdir))) {
  if (!outputs.has(file)) rmSync(join(root, values.outdir, file), { recursive: true, force: true })
}
