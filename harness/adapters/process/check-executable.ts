import { accessSync, constants, statSync } from 'node:fs'
import { TargetError } from '../abstention.ts'

/** @throws TargetError where there is no file that may be executed */
export function checkExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    throw new TargetError(`${path}: no such executable file`)
  }
  if (!statSync(path).isFile()) throw new TargetError(`${path}: not a file`)
}
