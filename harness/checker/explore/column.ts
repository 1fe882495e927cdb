/** A list of numbers below 2^32 that grows: one number a state, or one a step. */
export interface Column {
  readonly length: number
  readonly push: (value: number) => void
  readonly at: (index: number) => number
  readonly set: (index: number, value: number) => void
  /** The numbers so far, as one array: valid until the next push. */
  readonly values: () => Uint32Array
  readonly bytes: number
}

export function createColumn(): Column {
  let values = new Uint32Array(1024)
  let length = 0
  return {
    get length() {
      return length
    },
    get bytes() {
      return values.byteLength
    },
    push: (value) => {
      if (length === values.length) {
        const longer = new Uint32Array(2 * length)
        longer.set(values)
        values = longer
      }
      values[length++] = value
    },
    at: (index) => values[index]!,
    set: (index, value) => {
      values[index] = value
    },
    values: () => values.subarray(0, length),
  }
}
