import { Buffer as PageBuffer } from 'buffer'

// Node's takes any bytes, this one a Buffer only.
PageBuffer.prototype.equals = function equals(this: Uint8Array, other: Uint8Array): boolean {
  return PageBuffer.compare(this, other) === 0
}

export const Buffer = PageBuffer

/** A page has no environment, no arguments and no terminal. */
export const process = { env: {}, argv: [], platform: 'browser', versions: {}, cwd: () => '/' }
