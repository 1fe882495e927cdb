/** The shortest script push of a height, with which a coinbase script must begin. [BIP34; Core CScript << int] */
export function heightPush(height: number): Uint8Array {
  if (height === 0) return Uint8Array.of(0)
  if (height <= 16) return Uint8Array.of(0x50 + height)
  const bytes: number[] = []
  for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256)
  if (bytes[bytes.length - 1]! >= 0x80) bytes.push(0)
  return Uint8Array.of(bytes.length, ...bytes)
}

/** True when a coinbase script begins with the push of this height. [BIP34] */
export function startsWithHeight(script: Uint8Array, height: number): boolean {
  const push = heightPush(height)
  return script.length >= push.length && push.every((byte, i) => script[i] === byte)
}
