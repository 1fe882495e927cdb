import { afterEach, expect, test } from 'vitest'
import { TestDaemon } from './testing.ts'

const MINUTE = 60_000
let daemon: TestDaemon

afterEach(() => daemon.remove())

interface Fork {
  readonly active: boolean
  readonly height?: number
  readonly bip9: { readonly status: string; readonly since: number; readonly signalling?: string }
}

async function forkAt(name: string): Promise<Fork> {
  const { deployments } = await daemon.call<{ deployments: Record<string, Fork> }>('getdeploymentinfo')
  return deployments[name]!
}

test('-vbparams has miners vote, and says how the vote stands', { timeout: MINUTE }, async () => {
  daemon = await TestDaemon.create()
  await daemon.start('-vbparams=testdummy:0:9999999999:432', '-vbparams=taproot:-2:0')
  const bits = async () =>
    (await daemon.call<{ vbavailable: object }>('getblocktemplate', { rules: ['segwit'] })).vbavailable
  expect(await forkAt('taproot')).toBeUndefined()
  expect(await forkAt('testdummy')).toMatchObject({ active: false, bip9: { status: 'defined', since: 0 } })
  await daemon.call('generatetodescriptor', 144, 'raw(51)')
  expect(await bits()).toEqual({ testdummy: 28 })
  expect(await forkAt('testdummy')).toMatchObject({
    bip9: { status: 'started', since: 144, signalling: '#', statistics: { count: 1, possible: true } },
  })
  await daemon.call('generatetodescriptor', 144, 'raw(51)')
  expect(await forkAt('testdummy')).toMatchObject({ bip9: { status: 'locked_in', since: 288 } })
  await daemon.call('generatetodescriptor', 144, 'raw(51)')
  expect(await forkAt('testdummy')).toMatchObject({
    active: true,
    height: 432,
    bip9: { status: 'active', since: 432 },
  })
  expect(await bits()).toEqual({})
  expect(await daemon.stop()).toBe(0)
})

test('what has no effect is said, and what would change a public chain is refused', {
  timeout: MINUTE,
}, async () => {
  daemon = await TestDaemon.create()
  await daemon.start('-prune=550', '-proxy=127.0.0.1:9')
  expect(await daemon.call('getblockchaininfo')).toMatchObject({
    pruned: false,
    warnings: ['-prune=550: this node prunes nothing; all blocks are kept'],
  })
  expect(daemon.log).toContain('-proxy has no effect in this node')
  expect(daemon.log).not.toContain('-par has no effect')
  expect(await daemon.stop()).toBe(0)
  for (const [word, line] of [
    ['-vbparams=testdummy:0', 'Version bits parameters malformed, expecting'],
    ['-vbparams=nofork:0:1', 'Invalid deployment (nofork)'],
    ['-vbparams=testdummy:soon:1', 'Invalid nStartTime (soon)'],
    ['-assumevalid=xyz', 'Invalid assumevalid block hash specified (xyz)'],
  ] as const) {
    daemon.stderr = ''
    expect(await daemon.run(word), word).toBe(1)
    expect(daemon.stderr).toContain(line)
  }
  daemon.stderr = ''
  expect(await daemon.run('-noregtest', '-chain=main', '-vbparams=testdummy:0:1')).toBe(1)
  expect(daemon.stderr).toBe('Error: -vbparams: changes rules, so it is for regtest and chain files only\n')
})
