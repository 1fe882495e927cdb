import { fileURLToPath } from 'node:url'

const ROOT = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url)

function folder(path: string): string {
  return fileURLToPath(new URL(path, ROOT))
}

/** Where this installation lies. */
export const ROOT_FOLDER = folder('')

/** Where output goes; ignored by git. */
export const RUNS_FOLDER = folder('reports/runs/')

/** The corpus of stories. */
export const SCENARIOS_FOLDER = folder('scenarios/')
