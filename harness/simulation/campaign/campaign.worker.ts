import { type CampaignTask, performTask } from './task.ts'

/** The thread of a campaign: one seed at a time. */
export default (task: CampaignTask) => performTask(task)
