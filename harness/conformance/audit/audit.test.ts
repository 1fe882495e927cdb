import { expect, test } from 'vitest'
import { type AuditedNode, audit } from './audit.ts'

/** A node with so many blocks; from `tampered` on its answers of one kind are other ones. */
function node(
  name: string,
  tip = 1000,
  tampered: Partial<Record<'blocks' | 'book' | 'coins', number>> = {},
): AuditedNode {
  const answer = (kind: 'blocks' | 'book' | 'coins', at: number) =>
    `${kind} ${at}${at >= (tampered[kind] ?? Number.POSITIVE_INFINITY) ? ' of another' : ''}`
  return {
    name,
    height: async () => tip,
    blockAt: async (at) => answer('blocks', at),
    bookAt: async (at) => answer('book', at),
    coins: async () => ({ height: tip, digest: answer('coins', tip), amount: '50.00000000' }),
  }
}

test('equal books are equal', async () => {
  expect(await audit([node('a'), node('b'), node('c')])).toEqual({
    height: 1000,
    differences: [],
    isComplete: true,
    open: [],
  })
})

test.each([0, 1, 499, 500, 501, 999, 1000])(
  'the first height of a tampered book is found: %d',
  async (at) => {
    const { differences } = await audit([node('a'), node('b', 1000, { book: at })])
    expect(differences).toMatchObject([{ node: 'b', kind: 'book', height: at, expected: `book ${at}` }])
  },
)

test('a fork is named once, with its first block', async () => {
  const { differences } = await audit([node('a'), node('b', 1000, { blocks: 7, book: 7, coins: 7 })])
  expect(differences).toMatchObject([{ kind: 'blocks', height: 7 }])
})

test('coins differ even when all blocks are the same', async () => {
  const { differences } = await audit([node('a'), node('b', 1000, { coins: 3 })])
  expect(differences).toMatchObject([{ kind: 'coins', height: 1000 }])
})

test('nobody votes: two tampered books of three are two differences from the third', async () => {
  const lies = { book: 40, coins: 40 }
  const { differences } = await audit([node('a'), node('b', 1000, lies), node('c', 1000, lies)])
  expect(differences.map(({ node: name, kind }) => `${name} ${kind}`)).toEqual([
    'b book',
    'b coins',
    'c book',
    'c coins',
  ])
})

test('what cannot be compared is said', async () => {
  const bare = { ...node('b', 900), bookAt: async () => undefined }
  const { height, differences, isComplete, open } = await audit([node('a'), bare])
  expect([height, differences, isComplete]).toEqual([900, [], false])
  expect(open).toEqual([
    'trial balances of a and b: b keeps no book',
    'coins of a and b: not at the same height',
  ])
})
