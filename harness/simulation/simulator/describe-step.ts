import type { CompiledStep } from '../../scenario/index.ts'

/** One step of a scenario in one line: `send b1 t1 to n1 as header by peer`. */
export function describeStep(step: CompiledStep): string {
  switch (step.do) {
    case 'send': {
      const to = step.to === undefined ? '' : ` to ${step.to.join(' ')}`
      const manner = step.as === 'whole' ? '' : ` as ${step.as}`
      return `send ${step.items.join(' ')}${to}${manner}${step.via === 'peer' ? ' by peer' : ''}`
    }
    case 'message':
      return `say ${step.bytes} to ${step.to.join(' ')}`
    case 'link':
      return `link ${step.between.join(step.oneWay ? ' → ' : ' – ')} ${step.state}`
    case 'partition':
      return `partition ${step.groups.map((group) => group.join(' ')).join(' | ')}`
    case 'heal':
      return 'heal'
    case 'clock':
      return `clock of ${step.node} ${signed(step.offsetSeconds)} s${step.driftPpm === 0 ? '' : `, ${signed(step.driftPpm)} ppm`}`
    case 'crash':
      return `crash ${step.node}${step.atWrite === undefined ? '' : ` at write ${step.atWrite}`}, ${step.survives}/256 survives`
    case 'disk':
      return `disk of ${step.node} ${step.fault}${step.fault === 'full' || step.fault === 'ok' ? '' : ` ${step.argument}`}`
    case 'stop':
    case 'wipe':
    case 'restart':
    case 'pause':
    case 'resume':
      return `${step.do} ${step.node}`
    case 'invalidate':
    case 'reconsider':
      return `${step.do} ${step.block}${step.node === undefined ? '' : ` on ${step.node}`}`
    case 'expect': {
      const { index: _, at: _at, do: _do, never, ...wanted } = step
      return `${never ? 'expect never' : 'expect'} ${JSON.stringify(wanted)}`
    }
  }
}

const signed = (value: number) => `${value >= 0 ? '+' : ''}${value}`
