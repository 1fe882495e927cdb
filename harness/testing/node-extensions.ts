import { type ExtensionPoint, TOUCHSTONE } from './extension-point.ts'

/** Starts a node and lets its clock run: what its protocols log. */
const TICK_A_NODE = `
const { builtInChain, chooseCrypto, createNode, InPlaceChecks, MemoryFiles, MemoryOrderedStore } = await import('./dist/node.js')
const { crypto } = chooseCrypto()
const node = createNode({
  chain: builtInChain('regtest', crypto), files: new MemoryFiles(), store: new MemoryOrderedStore(),
  crypto, checks: new InPlaceChecks({ crypto }), entropy: () => 0.5,
})
for (const effect of [...node.step({ kind: 'start' }, 1e12), ...node.step({ kind: 'wake' }, 2e12)])
  if (effect.kind === 'log') console.log(effect.message)
`

/** Starts the daemon; what it answers to the RPC method and the REST path that are named last. */
const ASK_THE_DAEMON = `
const { spawn } = await import('node:child_process')
const { existsSync, mkdtempSync, readFileSync, rmSync } = await import('node:fs')
const { createServer } = await import('node:net')
const { once } = await import('node:events')
const datadir = mkdtempSync('/tmp/touchstone-dummy-')
const free = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}
const rpcPort = await free()
const options = ['-regtest', '-datadir=' + datadir, '-rpcport=' + rpcPort, '-port=' + await free(), '-rest']
const daemon = spawn(process.execPath, ['dist/touchstoned.js', ...options], { stdio: 'ignore' })
const ended = once(daemon, 'exit')
const at = 'http://127.0.0.1:' + rpcPort
const cookie = datadir + '/regtest/.cookie'
const rest = async () => (await fetch(at + '/rest/dummy.json')).text()
const rpc = async (method) => {
  const authorization = 'Basic ' + Buffer.from(readFileSync(cookie)).toString('base64')
  const body = JSON.stringify({ id: 1, method, params: [] })
  return (await fetch(at, { method: 'POST', headers: { authorization }, body })).text()
}
const isUp = async () => existsSync(cookie) && (await rpc('uptime').catch(() => '')).includes('"error":null')
while (daemon.exitCode === null && !(await isUp())) await new Promise((resolve) => setTimeout(resolve, 50))
console.log(await rpc('getdummy'))
console.log(await rest())
await rpc('stop')
await ended
rmSync(datadir, { recursive: true })
`

/** A dummy of each kind of extension of the node. */
export const NODE_EXTENSIONS: readonly ExtensionPoint[] = [
  {
    kind: 'opcode of the node',
    file: 'impl/script-engine/operations/dummy.ts',
    text: `import type { Operation } from '../machine.ts'
import { OK } from '../script-error.ts'

export const DUMMY_OPERATIONS: Readonly<Record<number, Operation>> = { 0xbb: function DUMMY() { return OK } }
`,
    index: 'impl/script-engine/operations/index.ts',
    imports: "import { DUMMY_OPERATIONS } from './dummy.ts'",
    entry: '  DUMMY_OPERATIONS,',
    before: '  STACK_OPERATIONS,\n',
    shownBy: [TOUCHSTONE, 'rules', 'where', 'OP_DUMMY'],
    prints: /^ {2}impl {6}impl\/script-engine\/operations\/dummy\.ts:4$/m,
  },
  {
    kind: 'peer-to-peer protocol',
    file: 'impl/peers/dummy-protocol.ts',
    text: `import type { Protocol } from './protocol.ts'

export const dummyProtocol: Protocol = {
  handlers: { dummy: (context, peer) => context.log('info', \`peer \${peer.id} sends a dummy\`) },
  // Once, when the node starts: the other dummies live in the same house.
  nextAt: ({ now }) => (now === 0 ? 0 : Number.POSITIVE_INFINITY),
  tick: (context) => context.log('info', 'the dummy protocol ticks'),
}
`,
    index: 'impl/peers/protocols.ts',
    imports: "import { dummyProtocol } from './dummy-protocol.ts'",
    entry: '  dummyProtocol,',
    before: '  servingProtocol,\n]',
    shownBy: ['--input-type=module', '-e', TICK_A_NODE],
    prints: /^the dummy protocol ticks$/m,
  },
  {
    kind: 'RPC method',
    file: 'impl/rpc/methods/util/getdummy.ts',
    text: `import { method } from '../../method.ts'

export const getdummy = method({
  name: 'getdummy',
  category: 'util',
  summary: 'Returns a dummy',
  parameters: {},
  run: () => 'a dummy method',
})
`,
    index: 'impl/rpc/methods/index.ts',
    imports: "import { getdummy } from './util/getdummy.ts'",
    entry: '    getdummy,',
    before: '  ].map((method)',
    shownBy: ['--input-type=module', '-e', ASK_THE_DAEMON],
    prints: /"a dummy method"/,
  },
  {
    kind: 'REST route',
    file: 'impl/rpc/rest/routes/dummy.ts',
    text: `import type { Route } from '../route.ts'

export const dummy: Route = {
  prefix: '/rest/dummy',
  summary: 'Returns a dummy',
  run: () => ({ json: () => 'a dummy route' }),
}
`,
    index: 'impl/rpc/rest/routes/index.ts',
    imports: "import { dummy } from './dummy.ts'",
    entry: '  dummy,',
    before: '  tx,\n].sort(',
    shownBy: ['--input-type=module', '-e', ASK_THE_DAEMON],
    prints: /^"a dummy route"$/m,
  },
]
