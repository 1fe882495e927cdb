import { describe, expect, it } from 'vitest'
import { assemble } from './assemble.ts'
import type { ScriptExtension } from './machine.ts'
import { judge, payToLeaf, spendTapscript } from './testing.ts'

const NEW = ['P2SH', 'WITNESS', 'TAPROOT', 'NEW']
const OLD = ['P2SH', 'WITNESS', 'TAPROOT']

describe('an upgrade adds', () => {
  it('an opcode in the place of a NOP', () => {
    const extension: ScriptExtension = {
      opcodes: [
        { slot: 'NOP4', name: 'OP_TOPISONE', feature: 'NEW', execute: ({ stack }) => stack.require(2) },
      ],
    }
    const output = assemble('1 NOP4')
    expect(judge({ output, extension, features: NEW })).toBe('INVALID_STACK_OPERATION')
    expect(judge({ output, extension, features: OLD })).toBe('OK')
    expect(judge({ output: assemble('1 NOP5'), extension, features: NEW })).toBe('OK')
    expect(judge({ ...spendTapscript('1 NOP4', [], { extension }), features: NEW })).toBe(
      'INVALID_STACK_OPERATION',
    )
  })

  it('an opcode in the place of an OP_SUCCESS, in tapscript alone', () => {
    const extension: ScriptExtension = {
      opcodes: [
        {
          slot: 'OP_SUCCESS126',
          name: 'OP_CAT',
          feature: 'NEW',
          execute: ({ stack }) => {
            const [a, b] = stack.take(2)
            stack.push(Uint8Array.of(...a!, ...b!))
          },
        },
      ],
    }
    const cat = (script: string, features: string[]) =>
      judge(spendTapscript(script, [], { extension, features }))
    expect(cat('<01> <02> CAT <0102> EQUAL', NEW)).toBe('OK')
    expect(cat('<01> <02> CAT <0103> EQUAL', NEW)).toBe('EVAL_FALSE')
    expect(cat('<01> <02> CAT <0103> EQUAL', OLD)).toBe('OK')
    expect(cat('CAT 0xfe', NEW)).toBe('OK')
    expect(judge({ output: assemble('<01> <02> CAT'), extension, features: NEW })).toBe('DISABLED_OPCODE')
  })

  it('a constraint that is asked with those that are there', () => {
    const extension: ScriptExtension = {
      constraints: {
        instruction: [{ features: ['NEW'], check: ({ data }) => (data.length > 4 ? 'TOO_LONG' : 'OK') }],
      },
    }
    const push = (bytes: number, features: string[]) =>
      judge({ output: assemble(`<${'11'.repeat(bytes)}>`), extension, features })
    expect([push(4, NEW), push(5, NEW), push(5, OLD)]).toEqual(['OK', 'TOO_LONG', 'OK'])
  })

  it('a leaf version', () => {
    const extension: ScriptExtension = {
      leafVersions: [
        { version: 0xc2, feature: 'NEW', verify: (stack) => (stack.length === 1 ? 'OK' : 'ONE_ITEM') },
      ],
    }
    const script = assemble('0')
    const spend = (version: number, items: number, features: string[]) => {
      const { output, control } = payToLeaf(script, version)
      const witness = [...Array<Uint8Array>(items).fill(script), script, control]
      return judge({ output, witness, extension, features })
    }
    expect([spend(0xc2, 1, NEW), spend(0xc2, 2, NEW), spend(0xc2, 2, OLD)]).toEqual(['OK', 'ONE_ITEM', 'OK'])
    expect(spend(0xc4, 2, NEW)).toBe('OK')
  })

  it('a witness program', () => {
    const extension: ScriptExtension = {
      witnessPrograms: [{ version: 2, programBytes: 3, feature: 'NEW', verify: () => 'NEVER' }],
    }
    const spend = (output: string, features: string[]) =>
      judge({ output: assemble(output), extension, features })
    expect([spend('2 <010203>', NEW), spend('2 <0102>', NEW), spend('2 <010203>', OLD)]).toEqual([
      'NEVER',
      'OK',
      'OK',
    ])
  })

  it('a type of public key', () => {
    const extension: ScriptExtension = {
      publicKeyTypes: [
        {
          feature: 'NEW',
          isOfType: (publicKey) => publicKey.length === 1,
          verify: (_, publicKey, signature) => (signature[0] === publicKey[0] ? 'OK' : 'OTHER_KEY'),
        },
      ],
    }
    const check = (script: string, features: string[]) =>
      judge(spendTapscript(script, [], { extension, features }))
    expect(check('5 <05> CHECKSIG', NEW)).toBe('OK')
    expect(check('6 <05> CHECKSIG', NEW)).toBe('OTHER_KEY')
    expect(check('6 <05> CHECKSIG', OLD)).toBe('OK')
    expect(check('6 <0505> CHECKSIG', NEW)).toBe('OK')
    expect(check('0 <05> CHECKSIG NOT', NEW)).toBe('OK')
  })
})
