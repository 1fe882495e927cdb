import type { ScriptExtension } from '../script/index.ts'
import type { Upgrade } from './upgrade.ts'

/** Two upgrades claim one place. */
interface Collision {
  readonly slot: string
  readonly upgrades: readonly string[]
}

/** Which upgrade claims which place: opcodes, leaf and witness versions, version bits. */
export function slotTable(upgrades: readonly Upgrade[]): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>()
  for (const upgrade of upgrades)
    for (const slot of new Set(slotsOf(upgrade))) table.set(slot, [...(table.get(slot) ?? []), upgrade.id])
  return table
}

/** Places that more than one upgrade claims: such upgrades do not compose. */
export function collisions(upgrades: readonly Upgrade[]): readonly Collision[] {
  return [...slotTable(upgrades)]
    .filter(([, claimants]) => claimants.length > 1)
    .map(([slot, claimants]) => ({ slot, upgrades: claimants }))
}

/** What the script machine learns from all of them together; throws when two claim one place. */
export function composeExtensions(upgrades: readonly Upgrade[]): ScriptExtension {
  const [collision] = collisions(upgrades)
  if (collision !== undefined)
    throw new Error(`${collision.upgrades.join(' and ')} both claim ${collision.slot}`)
  const extensions = upgrades.flatMap((upgrade) => upgrade.extension ?? [])
  const all = <Part>(part: (extension: ScriptExtension) => readonly Part[] | undefined) =>
    extensions.flatMap((extension) => part(extension) ?? [])
  return {
    opcodes: all((extension) => extension.opcodes),
    leafVersions: all((extension) => extension.leafVersions),
    witnessPrograms: all((extension) => extension.witnessPrograms),
    publicKeyTypes: all((extension) => extension.publicKeyTypes),
    constraints: conjoin(extensions.flatMap((extension) => extension.constraints ?? [])),
  }
}

/** Constraints on one point are all asked. */
function conjoin(parts: readonly NonNullable<ScriptExtension['constraints']>[]) {
  const points: Record<string, unknown[]> = {}
  for (const part of parts)
    for (const [point, constraints] of Object.entries(part))
      points[point] = [...(points[point] ?? []), ...constraints]
  return points as NonNullable<ScriptExtension['constraints']>
}

function slotsOf({ extension = {}, slots = [], deployment }: Upgrade): string[] {
  return [
    ...slots,
    ...(extension.opcodes ?? []).map((opcode) => opcode.slot),
    ...(extension.leafVersions ?? []).map(({ version }) => `leaf-version-${version}`),
    ...(extension.witnessPrograms ?? []).map(
      ({ version, programBytes }) => `witness-version-${version}-${programBytes}`,
    ),
    ...(typeof deployment === 'object' && 'bit' in deployment ? [`version-bit-${deployment.bit}`] : []),
  ]
}
