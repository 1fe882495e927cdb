import { concatBytes } from '../../wire/index.ts'
import { encodePush, ScriptWalk } from '../script-walk.ts'

/**
 * Removes every push of exactly these bytes that starts at an operation of the script, and those that directly follow
 * one another. Returns the very same script when there is none. [Core FindAndDelete]
 */
export function removeSignature(script: Uint8Array, signature: Uint8Array): Uint8Array {
  if (signature.length + 1 > script.length) return script
  const pattern = encodePush(signature)
  const kept: Uint8Array[] = []
  const walk = new ScriptWalk(script)
  let keptFrom = 0
  let found = false
  do {
    let at = walk.offset
    if (!startsWith(script, at, pattern)) continue
    found = true
    kept.push(script.subarray(keptFrom, at))
    do at += pattern.length
    while (startsWith(script, at, pattern))
    walk.offset = at
    keptFrom = at
  } while (walk.next())
  if (!found) return script
  kept.push(script.subarray(keptFrom))
  return concatBytes(...kept)
}

function startsWith(script: Uint8Array, at: number, pattern: Uint8Array): boolean {
  if (script.length - at < pattern.length) return false
  for (let i = 0; i < pattern.length; i++) if (script[at + i] !== pattern[i]) return false
  return true
}
