import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { htmlPage } from '../../reports/index.ts'
import { chainLookup } from '../adapters/index.ts'
import { readCorpus } from '../scenario/index.ts'
import { simulatorPlayer } from '../simulation/index.ts'
import { findChromium } from './find-chromium.ts'
import { pageScript } from './index.ts'

const RACE = 'scenarios/double-spend/race-attack.json'
const REFUSED = 'scenarios/double-spend/child-before-parent.json'
const executablePath = findChromium()

describe.skipIf(executablePath === undefined)(
  'the page of a run, in a browser (skipped without chromium)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-page-'))
    const file = join(folder, 'run.html')
    let browser: Browser

    beforeAll(async () => {
      const play = simulatorPlayer()
      const runs = [RACE, REFUSED].map((path) => play(readCorpus([path], chainLookup)[0]!).records)
      const script = pageScript('run-page')
      writeFileSync(file, htmlPage({ title: 'run', subtitle: '', figures: [], suites: [], runs, script }))
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
    })

    afterAll(async () => {
      await browser.close()
      rmSync(folder, { recursive: true })
    })

    /** Opens the page; what it says on the console or asks of the network is a fault. */
    async function opened(hash = '', width = 1200): Promise<Page> {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'dark' })
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => faults.push(message.text()))
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) faults.push(request.url())
      })
      await page.goto(`file://${file}${hash}`)
      await page.waitForSelector('#run1 [data-part="timeline"] input')
      expect(faults).toEqual([])
      return page
    }

    const states = (page: Page) => page.locator('#run0 [data-part="states"] tbody tr').allInnerTexts()
    const heights = async (page: Page) => (await states(page)).map((row) => row.split('\t')[3])

    async function add(page: Page, kind: string, ...names: readonly string[]): Promise<void> {
      await page.locator('#run0').getByLabel('What happens').selectOption(kind)
      const selects = page.locator('#run0 [data-part="continue"] span select')
      for (const [index, name] of names.entries()) await selects.nth(index).selectOption(name)
      await page.locator('#run0').getByRole('button', { name: 'Do it' }).click()
    }

    it('goes through time with the keyboard', async () => {
      const page = await opened()
      expect(await heights(page)).toEqual(['5', '5'])
      const slider = page.locator('#run0').getByLabel('Moment of the run')
      await slider.focus()
      await slider.press('Home')
      expect(await heights(page)).toEqual(['–', '–'])
      expect(page.url()).toContain('#run=0&at=0')
      await slider.press('End')
      expect(await heights(page)).toEqual(['5', '5'])
      await page.close()
    })

    it('shows the disputed coin as journal entries', async () => {
      const page = await opened()
      const coins = await page.locator('#run0 [data-part="coins"] table').innerText()
      expect(coins).toContain('Coin b1:0: 50 of alice')
      expect(coins).toMatch(/toSelf[^\n]*decides\tmerchant miner/)
      expect(coins).toMatch(/toBob[^\n]*none\tno node/)
      await page.close()
    })

    it('goes on from the end: a node crashes, the other mines, an address shows the same, and undo takes it back', async () => {
      const page = await opened()
      await add(page, 'crash', 'merchant')
      await add(page, 'mine', 'decides', 'miner')
      expect(await heights(page)).toEqual(['5', '6'])
      expect((await states(page))[0]).toContain('crash')
      await add(page, 'restart', 'merchant')
      await add(page, 'wait', '60')
      expect(await heights(page)).toEqual(['6', '6'])
      const shared = await opened(page.url().slice(page.url().indexOf('#')))
      expect(await states(shared)).toEqual(await states(page))
      for (const heightAfter of ['6', '5']) {
        await page.locator('#run0').getByRole('button', { name: 'Undo' }).click()
        expect((await heights(page))[0]).toBe(heightAfter)
      }
      await page.locator('#run0').getByRole('button', { name: 'Back to the recorded run' }).click()
      expect(await heights(page)).toEqual(['5', '5'])
      await Promise.all([page.close(), shared.close()])
    })

    it('says the rule where an item is refused', async () => {
      const page = await opened('#run=1&at=0')
      const happened = page.locator('#run1 [data-part="happenings"]')
      expect(await happened.innerText()).toMatch(
        /turned: rejected \(invalid, bad-txns-inputs-missingorspent\)\s+inputs-unspent Each input .* MUST /,
      )
      await page.close()
    })

    it('fits on a phone', async () => {
      const page = await opened('', 390)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
      await page.close()
    })
  },
)
