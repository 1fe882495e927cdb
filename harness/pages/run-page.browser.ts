import { startRunPage } from '../../reports/live/run-page.browser.ts'
import { createStoryEngine } from './create-story-engine.ts'

startRunPage(document, createStoryEngine)
