/** Where a bundled worker thread lies: beside the bundle that asks, or in dist/ when the sources run. */
export function workerUrl(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/' : './'
  return new URL(`${folder}${name}.worker.js`, import.meta.url)
}
