/** A JSON number that is written as the text it holds, so that its digits are ours to choose. */
export class RawNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Sats as coins with eight decimals. [Core ValueFromAmount] */
export function coins(sats: number | bigint): RawNumber {
  return new RawNumber(coinText(sats))
}

/** The same as text. */
export function coinText(sats: number | bigint): string {
  const digits = String(sats < 0 ? -sats : sats).padStart(9, '0')
  return `${sats < 0 ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`
}

/** JSON of plain data, in which a RawNumber may stand wherever a value may. Members that are undefined are left out. */
export function encodeJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof RawNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const members: string[] = []
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${encodeJson(member)}`)
  return `{${members.join(',')}}`
}
