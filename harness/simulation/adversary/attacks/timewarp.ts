import fc from 'fast-check'
import { actKind, node } from '../../act.ts'
import type { Director } from '../director.ts'

/**
 * The time warp: all blocks of a period have the earliest time possible but the last, which has the latest, so that
 * each period seems long and the next gets easier. BIP94 forbids the step back after it.
 */
export const timewarp = actKind({
  name: 'timewarp',
  weight: 2,
  choices: () => fc.record({ node, periods: fc.integer({ min: 1, max: 2 }) }),
  play(director: Director, { node, periods }) {
    const host = director.host(node)
    if (!host.running) return
    const { retargetIntervalBlocks, maxFutureSeconds } = director.chain.limits
    let parent = director.tipOf(host)
    for (let left = periods * retargetIntervalBlocks; left > 0; left--) {
      if (director.isHard(parent)) return
      const isLast = (parent.height + 2) % retargetIntervalBlocks === 0
      const time = isLast ? director.unixTime + maxFutureSeconds - 1 : 'mtp+1'
      parent = director.addBlock({ extends: parent.name, time })
      director.send([parent.name], [host])
    }
    director.mark('timewarp')
  },
})
