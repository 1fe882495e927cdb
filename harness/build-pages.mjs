/**
 * Bundles what runs in a page: harness/pages/NAME.browser.ts becomes dist/NAME.browser.js, one script that needs nothing else.
 * A page has no Node.js: hashes and buffers come from libraries, files, threads and daemons are absent.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const shims = join(root, 'harness/pages/shims')

/** What our own code may import in a page; any other package is absent there, and must not be called. */
const PACKAGES = /^(@noble\/|buffer$|d3-|fast-check$|immer$|immutable$|ts-pattern$|zod$)/

const inPage = {
  name: 'in-page',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^node:crypto$/ }, () => ({ path: join(shims, 'node-crypto.ts') }))
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      const isPackage = kind !== 'entry-point' && !importer.includes('node_modules')
      if (!isPackage || PACKAGES.test(path)) return undefined
      return { path, namespace: 'absent', sideEffects: false }
    })
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
    // Our own files do nothing when they are imported: what a page does not use stays out of it.
    onResolve({ filter: /^\..*\.ts$/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (pluginData === inPage) return undefined
      const found = await resolve(path, { kind, resolveDir, importer, pluginData: inPage })
      return { path: found.path, sideEffects: false }
    })
  },
}

/** Writes the scripts of all pages into a folder. @returns the paths of what it wrote */
export async function buildPages(outdir) {
  const entries = readdirSync(join(root, 'harness/pages')).filter((file) => file.endsWith('.browser.ts'))
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((file) => join('harness/pages', file)),
    outdir,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
    define: { 'import.meta.url': '"file:///page.js"' },
    inject: [join(shims, 'globals.ts')],
    metafile: true,
    logLevel: 'warning',
    plugins: [inPage],
  })
  return Object.keys(metafile.outputs)
}
