import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'
import { UsageError } from './usage-error.ts'

/** A parser for an option that is a whole number from `min` to `max`. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(
        `Expected a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}.`,
      )
    return value
  }
}

const DURATION_MS_MAX = 36_000_000_000

/** Milliseconds from `60`, `60s`, `500ms`, `2m` or `1h`; a bare number is seconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('Expected a time such as 60s, 500ms or 2m.')
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match[2] ?? 's'] ?? 1000
  const milliseconds = Math.round(Number(match[1]) * unit)
  if (milliseconds > DURATION_MS_MAX) throw new InvalidArgumentError('Expected at most 10,000 hours.')
  return milliseconds
}

/** Where a queue is: the URL of a Redis. */
export function queueUrl(text: string): string {
  if (!URL.canParse(text) || !/^rediss?:\/\/[^/]/.test(text))
    throw new InvalidArgumentError('Expected a URL such as redis://127.0.0.1:6379.')
  return text
}

/** Every path must exist; the first that does not is named. */
export function requirePaths(paths: readonly string[]): void {
  for (const path of paths) if (!existsSync(path)) throw new UsageError(`${path}: no such file or folder`)
}

/** A seed that nobody has used: the only chance in the whole harness, and always printed. */
export function freshSeed(): number {
  return randomInt(0x7fffffff)
}
