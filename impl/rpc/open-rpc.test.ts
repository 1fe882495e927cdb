import { expect, test } from 'vitest'
import { METHODS } from './methods/index.ts'
import { openRpcOf } from './open-rpc.ts'

interface Document {
  readonly openrpc: string
  readonly methods: readonly {
    readonly name: string
    readonly params: readonly { readonly name: string; readonly required: boolean; readonly schema: object }[]
  }[]
}

const document = openRpcOf(METHODS.values(), '1.2.3') as Document

test('every method is in the OpenRPC document, with its arguments in order', () => {
  expect(document.methods.map(({ name }) => name)).toEqual([...METHODS.keys()])
  for (const { name, params } of document.methods)
    expect(params.map((param) => param.name)).toEqual(Object.keys(METHODS.get(name)!.parameters))
})

test('what may be left out comes after what may not, and each argument has a schema', () => {
  const found = document.methods.find(({ name }) => name === 'getblockfilter')!
  expect(found.params).toMatchObject([
    { name: 'blockhash', required: true, schema: { type: 'string' } },
    { name: 'filtertype', required: false, schema: { type: 'string' } },
  ])
  const spending = document.methods.find(({ name }) => name === 'gettxspendingprevout')!
  expect(spending.params[1]!.schema).toEqual({
    type: 'object',
    properties: { mempool_only: {}, return_spending_tx: {} },
  })
})
