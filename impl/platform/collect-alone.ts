import { setFlagsFromString } from 'node:v8'

/**
 * From now on each thread of this process collects its young garbage by itself. V8 has helpers join in, which pays where
 * cores are idle; where script checks keep every core busy a thread stands still until the last helper had its turn.
 */
export function collectGarbageAlone(): void {
  setFlagsFromString('--no-parallel-scavenge')
}
