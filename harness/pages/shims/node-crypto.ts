import { ripemd160, sha1 } from '@noble/hashes/legacy.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'

const ALGORITHMS = { sha256, sha1, ripemd160 } as const
type Encoding = BufferEncoding | 'buffer'

/** What a page needs of node:crypto, made of a library. @throws Error for any other algorithm */
export function createHash(name: string) {
  const hashing = algorithm(name).create()
  const self = {
    update(part: string | Uint8Array) {
      hashing.update(bytesOf(part))
      return self
    },
    digest: (encoding: Encoding = 'buffer') => encoded(hashing.digest(), encoding),
  }
  return self
}

/** The same in one call. */
export function hash(name: string, data: string | Uint8Array, encoding: Encoding = 'hex') {
  return encoded(algorithm(name)(bytesOf(data)), encoding)
}

export function scryptSync(
  password: Uint8Array,
  salt: Uint8Array,
  dkLen: number,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Buffer {
  return Buffer.from(scrypt(password, salt, { ...cost, dkLen }))
}

/** A page draws no secret and compares none. */
export const randomUUID = absent('randomUUID')
export const randomBytes = absent('randomBytes')
export const randomInt = absent('randomInt')
export const createHmac = absent('createHmac')
export const timingSafeEqual = absent('timingSafeEqual')

function absent(name: string): () => never {
  return () => {
    throw new Error(`${name}: absent in a page`)
  }
}

function algorithm(name: string) {
  if (!Object.hasOwn(ALGORITHMS, name)) throw new Error(`no hash named ${name} in a page`)
  return ALGORITHMS[name as keyof typeof ALGORITHMS]
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data
}

function encoded(digest: Uint8Array, encoding: Encoding): string | Buffer {
  const bytes = Buffer.from(digest)
  return encoding === 'buffer' ? bytes : bytes.toString(encoding)
}
