export { judgeLines, type LineTally } from './judge-lines.ts'
