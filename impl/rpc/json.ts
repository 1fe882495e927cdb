/** A JSON number that is written as the text it holds, so that its digits are ours to choose. */
export class RawNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const SATS_PER_COIN = 100_000_000

/** Sats as coins with eight decimals. [Core ValueFromAmount] */
export function coins(sats: number): RawNumber {
  const whole = Math.trunc(Math.abs(sats) / SATS_PER_COIN)
  const rest = Math.abs(sats) % SATS_PER_COIN
  return new RawNumber(`${sats < 0 ? '-' : ''}${whole}.${String(rest).padStart(8, '0')}`)
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
