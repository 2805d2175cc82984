import type { Reporter, TestModule } from 'vitest/node'

/** Prints `N passed, N failed` (and `, N skipped`) as the last line, so that a script can read the result. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
      let failedTests = 0
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') count.passed += 1
        else if (state === 'failed') failedTests += 1
        else count.skipped += 1
      }
      // A file that could not be loaded, or whose hook failed, has no failed test of its own but is a failure.
      count.failed += failedTests > 0 || module.state() !== 'failed' ? failedTests : 1
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    // After the default reporter's summary, which is printed in the same hook.
    setImmediate(() => process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`))
  }
}
