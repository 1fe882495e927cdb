import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../testing.ts'

describe('control flow', () => {
  it.each([
    ['1 IF 5 ELSE 6 ENDIF', ['05']],
    ['0 IF 5 ELSE 6 ENDIF', ['06']],
    ['1 NOTIF 5 ELSE 6 ENDIF', ['06']],
    ['0 NOTIF 5 ELSE 6 ENDIF', ['05']],
    ['1 IF 5 ELSE 6 ELSE 7 ENDIF', ['05', '07']],
    ['0 IF 1 IF 5 ENDIF ELSE 6 ENDIF', ['06']],
    ['1 IF 0 IF 5 ELSE 6 ENDIF 7 ENDIF', ['06', '07']],
    ['0 IF RETURN RESERVED VER ENDIF', []],
    ['NOP', []],
    ['1 VERIFY', []],
  ])('%s', (script, stack) => {
    expect(outcomeOf(script)).toEqual({ error: 'OK', stack })
  })

  it.each([
    ['ELSE', 'UNBALANCED_CONDITIONAL'],
    ['ENDIF', 'UNBALANCED_CONDITIONAL'],
    ['1 IF', 'UNBALANCED_CONDITIONAL'],
    ['IF ENDIF', 'INVALID_STACK_OPERATION'],
    ['NOTIF ENDIF', 'INVALID_STACK_OPERATION'],
    ['0 IF VERIF ENDIF', 'BAD_OPCODE'],
    ['0 IF VERNOTIF ENDIF', 'BAD_OPCODE'],
    ['0 IF MUL ENDIF', 'DISABLED_OPCODE'],
    ['0 IF 0x4c ENDIF', 'BAD_OPCODE'],
    ['VER', 'BAD_OPCODE'],
    ['0xff', 'BAD_OPCODE'],
    ['RETURN', 'OP_RETURN'],
    ['VERIFY', 'INVALID_STACK_OPERATION'],
    ['0 VERIFY', 'VERIFY'],
  ])('%s fails with %s', (script, error) => {
    expect(outcomeOf(script).error).toBe(error)
  })

  it('costs as much for each of many open branches as for one', () => {
    const evaluateNested = (branches: number) => {
      const start = performance.now()
      const script = '0x0063'.concat('63'.repeat(branches - 1), '68'.repeat(branches), '51')
      const outcome = outcomeOf(script, { sigVersion: 'tapscript', features: new Set(['TAPROOT']) })
      expect(outcome).toEqual({ error: 'OK', stack: ['01'] })
      return performance.now() - start
    }
    evaluateNested(1_000)
    // Thirty-two times as many: 32 where the cost is linear, about 1,000 where it is quadratic.
    expect(evaluateNested(320_000)).toBeLessThan(200 * Math.max(evaluateNested(10_000), 5))
  })

  it('what OP_IF consumes is exact in tapscript, by policy in witness v0, anything before', () => {
    const end = (item: string, sigVersion: 'legacy' | 'witness-v0' | 'tapscript', feature: string) =>
      outcomeOf(`<${item}> NOTIF ENDIF`, { sigVersion, features: new Set([feature]) }).error
    for (const item of ['02', '00', '0100']) {
      expect(end(item, 'tapscript', 'TAPROOT')).toBe('TAPSCRIPT_MINIMALIF')
      expect(end(item, 'witness-v0', 'MINIMALIF')).toBe('MINIMALIF')
      expect(end(item, 'witness-v0', 'WITNESS')).toBe('OK')
      expect(end(item, 'legacy', 'MINIMALIF')).toBe('OK')
    }
    expect([end('', 'tapscript', 'TAPROOT'), end('01', 'tapscript', 'TAPROOT')]).toEqual(['OK', 'OK'])
  })
})
