import { main } from './platform/index.ts'

await main(process.argv.slice(2))
