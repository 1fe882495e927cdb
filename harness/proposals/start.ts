/** A proposal to begin with: an opcode that does nothing yet, with the examples that `check` asks for. */
export function startOf(id: string): string {
  const feature = id.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
  const name = id.replaceAll(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d)/, '_')
  return `import { assemble, drawBytes, fail, inTapscript, toHex, type Upgrade } from 'touchstone/spec'

const FEATURE = '${feature}'

/** One sentence: what the opcode is for. */
export const ${name}: Upgrade = {
  id: '${id}',
  text: 'A tapscript may demand that the item on top of its stack is not empty.',
  sources: ['where the proposal is written'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    // What stays valid, and what the proposal forbids with the error that it names.
    accepts: [inTapscript(assemble('1 0xfe'))],
    rejects: [{ ...inTapscript(assemble('0 0xfe')), error: '${feature}_EMPTY' }],
    // One of each by chance: the more ways, the more the search tries.
    generator: (draw) => {
      const item = toHex(drawBytes(draw, 1, 80))
      return {
        accepts: inTapscript(assemble(\`<\${item}01> 0xfe\`)),
        rejects: { ...inTapscript(assemble(\`<\${item}01> 0 0xfe\`)), error: '${feature}_EMPTY' },
      }
    },
  },
  extension: {
    opcodes: [
      {
        // Take a place that is free: \`touchstone proposal list\` says which are claimed.
        slot: 'OP_SUCCESS254',
        name: 'OP_${feature}',
        feature: FEATURE,
        execute({ stack }) {
          if (stack.peek().length === 0) fail('${feature}_EMPTY')
        },
      },
    ],
  },
}
`
}
