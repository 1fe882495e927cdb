export { compareScripts } from './compare.ts'
export { openKernel } from './kernel.ts'
