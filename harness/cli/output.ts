import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { junitXml, type SuiteResult } from '../../reports/index.ts'

/** Writes a whole file or nothing: a reader never sees half of it. */
export function writeWhole(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${path}.${process.pid}.part`
  writeFileSync(unfinished, content)
  renameSync(unfinished, path)
}

export function writeJunit(path: string, suites: readonly SuiteResult[]): void {
  writeWhole(path, junitXml(suites))
}
