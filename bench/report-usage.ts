import { writeSync } from 'node:fs'

/**
 * Loaded into the measured process before anything else: writes lines of JSON to file descriptor 3, its memory every
 * 50 ms and the operating system's accounting of it at the end.
 */
const every = setInterval(() => {
  const { rss, heapUsed } = process.memoryUsage()
  line({ atMs: Date.now(), rssBytes: rss, heapBytes: heapUsed })
}, 50)
every.unref()

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  line({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakRssBytes: maxRSS * 1024 })
})

function line(value: object): void {
  writeSync(3, `${JSON.stringify(value)}\n`)
}
