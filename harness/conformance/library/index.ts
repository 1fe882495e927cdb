export { judgeLibrary, type LibraryDifference, type LibraryResult } from './judge-library.ts'
export type { LibrarySource } from './library-case.ts'
export { generatedSource, storySource, vectorSources } from './sources.ts'
