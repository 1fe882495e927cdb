import { dirname, join } from 'node:path'
import { FileError, readBytes } from '../../files/index.ts'
import { textOf } from './content.ts'
import { hashOf } from './fetch.ts'
import { compare, tableOf, type VectorFormat } from './format.ts'

const HEAD = 'path\tbytes\tsha256'

/** A MANIFEST.tsv: the files beside it are those that it lists, to the byte. It is the one thing that misses a row. */
export const fileListFormat: VectorFormat = {
  name: 'list of files',
  detects: ({ bytes }) => textOf(bytes.subarray(0, HEAD.length)) === HEAD,
  read: ({ bytes, path = '' }) =>
    tableOf(
      textOf(bytes).trimEnd().split('\n').slice(1),
      (line) => {
        const [name, size, sha256] = line.split('\t')
        if (!name || !/^\d+$/.test(size ?? '') || !/^[0-9a-f]{64}$/.test(sha256 ?? ''))
          throw new Error('expected a path, a number of bytes and a sha256')
        return {
          id: name,
          run: () => compare(contentOf(join(dirname(path), name)), `${size} bytes, sha256 ${sha256}`),
        }
      },
      { place: 'line', first: 2 },
    ),
}

function contentOf(path: string): string {
  try {
    const bytes = readBytes(path)
    return `${bytes.length} bytes, sha256 ${hashOf(bytes)}`
  } catch (error) {
    if (error instanceof FileError) return error.message
    throw error
  }
}
