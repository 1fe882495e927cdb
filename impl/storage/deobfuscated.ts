import type { ReadableFiles } from './ports.ts'

/**
 * Files whose bytes stand on disk combined with a key that repeats from the beginning of each file, as Core keeps its
 * block files since version 28. A file that begins with `magic` is plain and is read as it is. [Core util/obfuscation.h]
 */
export function deobfuscated(files: ReadableFiles, key: Uint8Array, magic: Uint8Array): ReadableFiles {
  const plain = new Map<string, boolean>()
  const isPlain = (name: string): boolean => {
    const known = plain.get(name) ?? startsWith(files.read(name, 0, magic.length), magic)
    plain.set(name, known)
    return known
  }
  return {
    list: () => files.list(),
    size: (name) => files.size(name),
    read: (name, offset, length) => {
      const bytes = files.read(name, offset, length)
      return isPlain(name) ? bytes : bytes.map((byte, i) => byte ^ key[(offset + i) % key.length]!)
    },
  }
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, i) => bytes[i] === byte)
}
