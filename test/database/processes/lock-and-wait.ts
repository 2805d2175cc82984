import { acquireEmbeddedLock } from '../../../src/database/embedded-lock.ts'

/** Takes the lock of a home and keeps it: `node lock-and-wait.ts <home> <since>`. */
const [home = '', since = ''] = process.argv.slice(2)
try {
  await acquireEmbeddedLock(home, new Date(since))
  console.log('locked')
} catch (error) {
  console.log(error instanceof Error ? error.message : 'failed')
}
console.log('tried')
process.stdin.resume()
