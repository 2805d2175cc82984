import { dirname } from 'node:path'
import { loadConfig } from '../../../../src/config/config.ts'
import { readEnvironment } from '../../../../src/config/environment.ts'
import { openDatabase } from '../../../../src/database/open-database.ts'
import { systemClock } from '../../../../src/shared/clock.ts'
import { connectSenders } from '../../../../src/workflows/delivery/connect-senders.ts'
import { deliverDue } from '../../../../src/workflows/delivery/deliver-due.ts'
import { queueAlerts } from '../../../../src/workflows/delivery/queue-alerts.ts'

/** Delivers until it is killed: `node deliver-and-repeat.ts <url> <configuration> <milliseconds that its clock is ahead>`. */
const [url = '', configPath = '', aheadMs = '0'] = process.argv.slice(2)
const clock = { ...systemClock, now: () => new Date(Date.now() + Number(aheadMs)) }
const folder = dirname(configPath)
const config = loadConfig({ cwd: folder, environment: readEnvironment(folder, {}), configPath })
const database = await openDatabase({ url, home: '/nonexistent' })
const senders = await connectSenders(config, clock)
const never = new AbortController().signal
console.log('delivering')
for (;;) {
  await queueAlerts(database.db, config, clock.now())
  await Promise.all(
    (['slack', 'email'] as const).map((channel) => deliverDue({ config, database, clock }, senders, channel, never)),
  )
  await clock.sleep(10)
}
