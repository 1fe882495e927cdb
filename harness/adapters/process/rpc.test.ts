import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createRpcClient, type RpcClient } from './rpc.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A client of a server that answers every request alike. */
async function clientOf(status: number, body: string, seen: unknown[] = []): Promise<RpcClient> {
  const server: Server = createServer((request, answer) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      seen.push({ authorization: request.headers.authorization, ...JSON.parse(text) })
      answer.writeHead(status).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = createRpcClient({ host: '127.0.0.1', port, credentials: 'me:secret' })
  closers.push(() => {
    client.close()
    server.close()
  })
  return client
}

describe('JSON-RPC', () => {
  it('asks by name and position, with the credentials', async () => {
    const seen: unknown[] = []
    const client = await clientOf(200, '{"result":7,"error":null,"id":1}', seen)
    expect(await client.call('getblockhash', [5])).toEqual({ result: 7 })
    expect(seen).toEqual([
      expect.objectContaining({
        authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
        method: 'getblockhash',
        params: [5],
      }),
    ])
  })
  it('reports an error of the server, whatever the status', async () => {
    const client = await clientOf(500, '{"result":null,"error":{"code":-25,"message":"high-hash"},"id":1}')
    expect(await client.call('submitheader', ['00'])).toEqual({ error: { code: -25, message: 'high-hash' } })
  })
  it('fails in one line where no JSON-RPC is spoken, or not to us', async () => {
    await expect((await clientOf(200, '<html>\n')).call('x', [])).rejects.toThrow(
      /no JSON .* status 200: <html>$/,
    )
    await expect((await clientOf(401, '')).call('x', [])).rejects.toThrow(/refuses these credentials$/)
    await expect((await clientOf(200, 'null')).call('x', [])).rejects.toThrow(/expected an object/)
  })
})
