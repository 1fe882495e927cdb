/** The only place that opens what users name, and writes what they keep. */
export { FileError, inFile } from './file-error.ts'
export { parseJson, parseStrictJson, repeatedKey } from './json.ts'
export { readBytes, readText } from './read.ts'
export { readUnpacked } from './unpack.ts'
export { filesBelow } from './walk.ts'
export { writeNew, writeWhole } from './write-whole.ts'
