import { describe, expect, it } from 'vitest'
import { bytesToHex } from './bytes.ts'
import { encodeMessage, MessageStream, type WireMessage } from './frame.ts'

const MAGIC = Buffer.from('fabfb5da', 'hex')
const message = (command: string, ...bytes: number[]): WireMessage => ({
  command,
  payload: Uint8Array.from(bytes),
})
const framed = ({ command, payload }: WireMessage) => encodeMessage(MAGIC, command, payload)
const plain = ({ command, payload }: WireMessage) => [command, ...payload]

describe('the frame of messages', () => {
  const bytes = Buffer.concat([framed(message('verack')), framed(message('ping', 1, 2, 3))])

  it('is read in whatever pieces it comes', () => {
    for (const size of [1, 23, 24, 25, bytes.length]) {
      const stream = new MessageStream(MAGIC)
      const read: WireMessage[] = []
      for (let at = 0; at < bytes.length; at += size) read.push(...stream.push(bytes.subarray(at, at + size)))
      expect(read.map(plain)).toEqual([['verack'], ['ping', 1, 2, 3]])
    }
  })
  it('has the checksum of nothing that Core has', () => {
    expect(bytesToHex(framed(message('verack')).subarray(16))).toBe('000000005df6e0e2')
  })
  it('is of this network, whole and unaltered', () => {
    expect(() => new MessageStream(Buffer.from('f9beb4d9', 'hex')).push(bytes)).toThrow('another network')
    const altered = Buffer.from(bytes)
    altered[bytes.length - 1]! ^= 1
    expect(() => new MessageStream(MAGIC).push(altered)).toThrow('wrong checksum')
    const long = Buffer.from(bytes)
    long.writeUInt32LE(4_000_001, 16)
    expect(() => new MessageStream(MAGIC).push(long)).toThrow('4000001 bytes')
  })
})
