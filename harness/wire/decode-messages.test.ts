import { expect, it } from 'vitest'
import { decodeMessages, encodeMessage } from './index.ts'

const MAGIC = Buffer.from('tiny')
const ping = encodeMessage(MAGIC, 'ping', Buffer.from('12345678'))

it('a message of which one bit was inverted, in its checksum or in what that covers, is left out', () => {
  const commands = (bytes: Uint8Array) => decodeMessages(bytes).map(({ command }) => command)
  expect(commands(Buffer.concat([ping, ping]))).toEqual(['ping', 'ping'])
  for (let at = 20; at < ping.length; at++) {
    const damaged = Uint8Array.from(ping)
    damaged[at]! ^= 1
    expect(commands(Buffer.concat([damaged, ping])), `byte ${at}`).toEqual(['ping'])
  }
})
