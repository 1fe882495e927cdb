export { judgeLines } from './judge-lines.ts'
