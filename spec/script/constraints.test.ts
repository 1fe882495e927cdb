import { describe, expect, it } from 'vitest'
import type { Feature } from './features.ts'
import { outcomeOf, publicKey } from './testing.ts'

const key = `<${Buffer.from(publicKey).toString('hex')}>`
const end = (script: string, ...features: Feature[]) =>
  outcomeOf(script, { features: new Set(features) }).error

describe('MINIMALDATA', () => {
  it.each(['0x4c00', '0x0101', '0x0110', '0x0181', '0x4c0111', '0x4d010011', '0x4e0100000011'])(
    '%s is longer than it must be',
    (push) => {
      expect(end(push, 'MINIMALDATA')).toBe('MINIMALDATA')
      expect(end(push)).toBe('OK')
      expect(end(`0 IF ${push} ENDIF`, 'MINIMALDATA')).toBe('OK')
    },
  )

  it.each([
    '0',
    '1',
    '16',
    '1NEGATE',
    '17',
    '<00>',
    `<${'11'.repeat(75)}>`,
    `<${'11'.repeat(76)}>`,
    `<${'11'.repeat(256)}>`,
  ])('%s is as short as can be', (push) => {
    expect(end(push, 'MINIMALDATA')).toBe('OK')
  })
})

describe('signature encodings', () => {
  it.each<Feature>(['DERSIG', 'LOW_S', 'STRICTENC'])(
    '%s asks for strict DER, but not of nothing',
    (feature) => {
      expect(end(`<01> ${key} CHECKSIG`, feature)).toBe('SIG_DER')
      expect(end(`0 ${key} CHECKSIG`, feature)).toBe('OK')
      expect(end(`<01> ${key} CHECKSIG`)).toBe('OK')
    },
  )

  it('the signature is judged before the key', () => {
    expect(end('<01> <05> CHECKSIG', 'STRICTENC')).toBe('SIG_DER')
    expect(end('0 <05> CHECKSIG', 'STRICTENC')).toBe('PUBKEYTYPE')
  })
})

describe('NULLFAIL', () => {
  it.each(['<01>', '<0101>'])('a signature of %s failed', (signature) => {
    expect(end(`${signature} ${key} CHECKSIG`, 'NULLFAIL')).toBe('NULLFAIL')
    expect(end(`0 ${signature} 1 ${key} 1 CHECKMULTISIG`, 'NULLFAIL')).toBe('NULLFAIL')
  })

  it('an empty one did not', () => {
    expect(end(`0 ${key} CHECKSIG`, 'NULLFAIL')).toBe('OK')
    expect(end(`0 0 1 ${key} 1 CHECKMULTISIG`, 'NULLFAIL')).toBe('OK')
  })
})

describe('CONST_SCRIPTCODE', () => {
  it('minds signatures that are found in the script, of witness scripts not', () => {
    expect(end(`<01> ${key} CHECKSIG`, 'CONST_SCRIPTCODE')).toBe('SIG_FINDANDDELETE')
    expect(end(`0 <01> 1 ${key} 1 CHECKMULTISIG`, 'CONST_SCRIPTCODE')).toBe('SIG_FINDANDDELETE')
    const features = new Set(['CONST_SCRIPTCODE'])
    expect(outcomeOf(`<01> ${key} CHECKSIG`, { features, sigVersion: 'witness-v0' }).error).toBe('OK')
    expect(outcomeOf('CODESEPARATOR', { features, sigVersion: 'witness-v0' }).error).toBe('OK')
  })
})
