import {
  assemble,
  type Draw,
  drawBytes,
  drawFrom,
  type Example,
  encodePush,
  fromHex,
  inTapscript,
  PROPOSALS,
  type SpendExample,
  toHex,
  UPGRADES,
  type Upgrade,
} from '../../spec/index.ts'

/** A random spend for the search: an example of some upgrade or draft, changed a little, or a script around a place that the draft claims. */
export function drawSpend(draw: Draw, draft: Upgrade): SpendExample {
  return drawFrom(draw, [
    () => exampleOf(draw, [draft]),
    () => changed(draw, exampleOf(draw, [draft])),
    () => changed(draw, exampleOf(draw, KNOWN)),
    () => aroundSlot(draw, draft),
  ])
}

const KNOWN: readonly Upgrade[] = [...UPGRADES, ...PROPOSALS]
const ANYONE: SpendExample = { script: '51' }

const isSpend = (example: Example): example is SpendExample => !('rule' in example)

function exampleOf(draw: Draw, upgrades: readonly Upgrade[]): SpendExample {
  const examples = upgrades.flatMap((upgrade) => upgrade.examples ?? [])
  if (examples.length === 0) return ANYONE
  const { accepts, rejects, generator } = examples[draw(examples.length)]!
  const drawn = generator(draw)
  const spends = [...accepts, ...rejects, drawn.accepts, drawn.rejects].filter(isSpend)
  return spends.length === 0 ? ANYONE : spends[draw(spends.length)]!
}

/** One thing changed: a bit, an item more or less, the version of a program, the sequence number, the lock time. */
function changed(draw: Draw, spend: SpendExample): SpendExample {
  const { script, scriptSig = '', witness = [] } = spend
  const at = draw(witness.length + 1)
  return drawFrom<SpendExample>(draw, [
    () => ({ ...spend, witness: witness.map((item, index) => (index === at ? flipped(draw, item) : item)) }),
    () => ({ ...spend, witness: witness.filter((_, index) => index !== at) }),
    () => ({
      ...spend,
      witness: [...witness.slice(0, at), toHex(drawBytes(draw, 0, 80)), ...witness.slice(at)],
    }),
    () => ({ ...spend, script: flipped(draw, script) }),
    () => ({ ...spend, script: `${toHex(Uint8Array.of(0x51 + draw(16)))}${script.slice(2)}` }),
    () => ({ ...spend, scriptSig: scriptSig + toHex(encodePush(drawBytes(draw, 0, 10))) }),
    () => ({ ...spend, sequence: draw(2 ** 32), lockTime: draw(2 ** 32) }),
  ])
}

function flipped(draw: Draw, hex: string): string {
  const bytes = fromHex(hex)
  if (bytes.length === 0) return '01'
  const at = draw(bytes.length)
  return toHex(bytes.map((byte, index) => (index === at ? byte ^ (1 << draw(8)) : byte)))
}

const WORDS = ['DROP', 'DUP', 'NOT', 'VERIFY', 'SWAP', 'SIZE', 'EQUAL', 'NOP', 'HASH160', 'ADD', 'CHECKSIG']

/** A script that runs an opcode which the draft claims, among pushes and other opcodes, bare or in a tapscript. */
function aroundSlot(draw: Draw, { extension = {} }: Upgrade): SpendExample {
  const opcodes = extension.opcodes ?? []
  if (opcodes.length === 0) return ANYONE
  const { slot } = opcodes[draw(opcodes.length)]!
  const own = `0x${codeOfSlot(slot).toString(16)}`
  const words = Array.from({ length: draw(8) }, () =>
    drawFrom(draw, [
      () => WORDS[draw(WORDS.length)]!,
      () => String(draw(17)),
      () => `<${toHex(drawBytes(draw, 1, 33))}>`,
      () => own,
    ]),
  )
  const at = draw(words.length + 1)
  const script = assemble([...words.slice(0, at), own, ...words.slice(at)].join(' '))
  return draw(2) === 0 ? { script: toHex(script) } : inTapscript(script)
}

const OP_NOP1 = 0xb0

/** The byte of an opcode that a draft claims. */
export function codeOfSlot(slot: string): number {
  return slot.startsWith('NOP')
    ? OP_NOP1 - 1 + Number(slot.slice(3))
    : Number(slot.slice('OP_SUCCESS'.length))
}
