/** Opcodes that make a tapscript valid by being there: the room for new ones. [BIP342 §Specification] */
const OP_SUCCESS: ReadonlySet<number> = new Set([
  80,
  98,
  ...range(126, 129),
  ...range(131, 134),
  ...range(137, 138),
  ...range(141, 142),
  ...range(149, 153),
  ...range(187, 254),
])

/** Whether an opcode is one of tapscript's OP_SUCCESS. */
export function isOpSuccess(code: number): boolean {
  return OP_SUCCESS.has(code)
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
