import { Piscina } from 'piscina'
import { workerUrl } from '../../adapters/index.ts'
import { type CampaignTask, performTask, type TaskResult } from './task.ts'

/** What plays the tasks of a campaign: this thread, several threads, or other machines. */
export interface Players {
  /** Tasks that can be under way at once. */
  readonly width: number
  run(task: CampaignTask): Promise<TaskResult>
  close(): Promise<void>
}

/** Plays in `jobs` threads; 0 plays in this one. */
export function openThreads(jobs: number): Players {
  if (jobs === 0)
    return {
      width: 1,
      // A turn of the event loop in between lets progress be shown.
      run: (task) => new Promise((resolve) => setImmediate(resolve)).then(() => performTask(task)),
      close: async () => {},
    }
  const pool = new Piscina<CampaignTask, TaskResult>({
    filename: workerUrl('campaign').href,
    minThreads: jobs,
    maxThreads: jobs,
  })
  return { width: jobs, run: (task) => pool.run(task), close: () => pool.destroy() }
}
