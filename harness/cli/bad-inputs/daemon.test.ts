/** Nodes that run already and answer badly: one clear line, and the right exit code. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { type BadInput, saidOf, story } from './testing.ts'

/** A node at its first block; one method, which its arguments name, is answered in another way. */
const NODE = `
import { createServer } from 'node:http'
const [method, badly] = process.argv.slice(1)
const GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'
const WELL = {
  getblockchaininfo: { result: { chain: 'regtest', blocks: 0, bestblockhash: GENESIS, mediantime: 1296688602 } },
  getnetworkinfo: { result: { subversion: '/Foreign:7/' } },
  getblockhash: { error: { code: -8, message: 'Block height out of range' } },
  submitblock: { result: null },
}
const BADLY = {
  hang: () => {},
  die: () => process.exit(7),
  flood: (answer) => { const more = () => { while (answer.write('x'.repeat(1 << 20))); answer.once('drain', more) }; more() },
  cut: (answer) => { answer.write('{"result":'); setTimeout(() => answer.destroy(), 50) },
  lack: (answer) => answer.writeHead(404).end('{"error":{"code":-32601,"message":"Method not found"}}'),
  mainnet: (answer) => answer.end('{"result":{"chain":"main"}}'),
}
createServer((request, answer) => {
  let text = ''
  request.on('data', (part) => { text += part })
  request.on('end', () => {
    const asked = JSON.parse(text).method
    if (asked !== method) answer.end(JSON.stringify(WELL[asked] ?? { error: { code: -32601, message: 'Method not found' } }))
    else if (Object.hasOwn(BADLY, badly)) BADLY[badly](answer)
    else answer.end(badly)
  })
}).listen(0, '127.0.0.1', function () { console.log(this.address().port) })
`

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function judged(method: string, badly: string, exit: BadInput['exit'], patience = '50s') {
  const child = spawn(process.execPath, ['--input-type=module', '-e', NODE, method, badly], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const node = `rpc:http://me:secret@127.0.0.1:${String(port).trim()}`
  return saidOf({
    argv: ['conform', 's.json', '--node', node, '--timeout', patience],
    files: { 's.json': story() },
    ...(exit && { exit }),
  })
}

describe('a node that from the start', () => {
  it.each([
    ['hang', 'no answer within 2 s', '2s'],
    ['die', 'socket hang up', '50s'],
    ['flood', 'an answer of more than 64 MiB', '50s'],
    ['cut', 'aborted', '50s'],
    ['<html>', 'no JSON in an answer with status 200: <html>', '50s'],
    ['null', 'expected an object, got null', '50s'],
    ['mainnet', 'it is on the chain main; expected regtest', '50s'],
    ['lack', 'getblockchaininfo: Method not found', '50s'],
  ])('answers with %s is refused', async (badly, says, patience) => {
    expect(await judged('getblockchaininfo', badly, [2], patience)).toContain(says)
  })
})

describe('a node that on a block', () => {
  it.each([
    ['die', 'socket hang up'],
    ['flood', 'an answer of more than 64 MiB'],
    ['<html>', 'no JSON in an answer'],
    ['{"result":"bad-diffbits"}', 'another verdict'],
    ['{"result":null}', 'another verdict'],
  ])('answers with %s fails the story', async (badly, says) => {
    expect(await judged('submitblock', badly, [1])).toContain(says)
  })

  it('has no submitblock is not judged', async () => {
    expect(await judged('submitblock', 'lack', [3])).toContain('it has no submitblock')
  })
})
