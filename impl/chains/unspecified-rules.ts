import type { ChainParameters } from './parameters.ts'

/**
 * What an operator should know about a chain that has rules the node does not know: a warning once the tip stands where
 * they hold, a hint before. Nothing for a chain whose rules are all known. `tipHeight` is that of the active chain.
 */
export function unspecifiedRules(
  { name, specifiedBelowHeight }: Pick<ChainParameters, 'name' | 'specifiedBelowHeight'>,
  tipHeight: number,
): { level: 'info' | 'warning'; message: string } | undefined {
  if (specifiedBelowHeight === undefined) return undefined
  return tipHeight < specifiedBelowHeight
    ? {
        level: 'info',
        message: `${name} has rules from height ${specifiedBelowHeight} on that this node does not know`,
      }
    : {
        level: 'warning',
        message:
          `${name} has rules from height ${specifiedBelowHeight} on that this node does not know: ` +
          'it may accept blocks there which the chain refuses, so do not rely on them',
      }
}
