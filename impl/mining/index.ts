export { assembleBlock, witnessCommitmentScript } from './assemble.ts'
export { grindNonce } from './grind.ts'
export { type BlockTemplate, createTemplate, TEMPLATE_OPTIONS, type TemplateOptions } from './template.ts'
