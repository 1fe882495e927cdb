import { Command } from 'commander'

const program = new Command('touchstone').description('Rub a block-chain node against the specification.')
await program.parseAsync()
