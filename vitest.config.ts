import { defineConfig } from 'vitest/config'
import type { Reporter, TestModule } from 'vitest/node'

/** Prints the whole run in one plain line, which any machine can read: `N passed, N failed, N skipped`. */
const closingLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], errors) {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const testModule of modules) {
      if (testModule.state() === 'failed' && testModule.errors().length > 0) count.failed++
      for (const test of testModule.children.allTests()) count[test.result().state]++
    }
    // After the default reporter's summary, so that it is the last line.
    process.once('exit', () =>
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`),
    )
  },
}

export default defineConfig({
  test: {
    include: ['{spec,impl,harness,reports}/**/*.test.ts'],
    reporters: ['default', closingLine],
    maxWorkers: 2,
    // No test changes a module: files share them, which halves the time of the whole run.
    isolate: false,
    testTimeout: 60_000,
  },
})
