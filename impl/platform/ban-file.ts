import fs from 'node:fs'
import { z } from 'zod'
import type { Ban } from '../daemon/index.ts'

/** As bitcoind writes it. [Core BanMapToJson] */
const BANS = z.object({
  banned_nets: z.array(
    z.object({
      version: z.literal(1),
      ban_created: z.number(),
      banned_until: z.number(),
      address: z.string(),
    }),
  ),
})

/** The bans in a file; where it is not there or cannot be read it is made again, without bans, and `lost` is called. */
export function readBans(file: string, lost: () => void): Ban[] {
  const bans = tryBans(file)
  if (bans !== undefined) return bans
  lost()
  writeBans(file, [])
  return []
}

function tryBans(file: string): Ban[] | undefined {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const parsed = BANS.safeParse(safeJson(text))
  return parsed.success
    ? parsed.data.banned_nets.map(({ address, ban_created, banned_until }) => ({
        address,
        created: ban_created,
        until: banned_until,
      }))
    : undefined
}

export function writeBans(file: string, bans: readonly Ban[]): void {
  const banned_nets = bans.map(({ address, created, until }) => ({
    version: 1,
    ban_created: created,
    banned_until: until,
    address,
  }))
  const draft = `${file}.new`
  fs.writeFileSync(draft, JSON.stringify({ banned_nets }, null, 4))
  fs.renameSync(draft, file)
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
