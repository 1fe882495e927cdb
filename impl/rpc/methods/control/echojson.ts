import { echo } from './echo.ts'

/** bitcoin-cli reads its arguments as JSON, and those of `echo` as text: the node sees no difference. */
export const echojson = { ...echo, name: 'echojson' }
