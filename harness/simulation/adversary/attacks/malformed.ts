import fc from 'fast-check'
import { encodeMessage } from '../../../wire/index.ts'
import { actKind, choice, node } from '../../act.ts'
import { createStream } from '../../simulator/random.ts'
import type { Director } from '../director.ts'

const COMMANDS = [
  'headers',
  'inv',
  'getdata',
  'tx',
  'block',
  'cmpctblock',
  'blocktxn',
  'getheaders',
  'addr',
  'nonsense',
]
const PAYLOAD_BYTES_MAX = 300

/** A peer sends a payload that is no message of its type. */
export const malformed = actKind({
  name: 'malformed',
  weight: 2,
  choices: () => fc.record({ node, command: choice, content: fc.nat() }),
  play(director: Director, { node, command, content }) {
    const stream = createStream(content, 'adversary')
    const payload = Uint8Array.from({ length: stream.integer(PAYLOAD_BYTES_MAX) }, () => stream.integer(256))
    const magic = Buffer.from(director.chain.magic, 'hex')
    const bytes = encodeMessage(magic, COMMANDS[command % COMMANDS.length]!, payload)
    const hex = Buffer.from(bytes).toString('hex')
    director.perform({ do: 'message', to: [director.host(node).name], bytes: hex })
    director.mark('malformed')
  },
})
