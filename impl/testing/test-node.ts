import type { NodeEffect, NodeSetup } from '../node/index.ts'
import { createNode, type Node } from '../node/index.ts'

export type Judged = Extract<NodeEffect, { kind: 'judged' }>
type Log = Extract<NodeEffect, { kind: 'log' }>

/** A node of a test with what it said. */
export class TestNode {
  readonly setup: NodeSetup
  node: Node
  readonly judged: Judged[] = []
  readonly logs: Log[] = []
  readonly disconnects: string[] = []
  /** Frames sent, newest last: to whom and which command. */
  readonly sent: { peer: number; command: string }[] = []
  wakeAt = Number.POSITIVE_INFINITY
  continues = 0

  constructor(setup: NodeSetup) {
    this.setup = setup
    this.node = createNode(setup)
  }

  get tip() {
    return this.node.view.tip()
  }
}
