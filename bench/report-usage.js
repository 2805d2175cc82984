import { writeSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Loaded into the measured process before anything else: writes lines of JSON to file descriptor 3, its memory every
 * 50 ms and the operating system's accounting of it at the end. With BENCH_COLLECT the garbage is collected before each
 * look at the memory, every half a second, so that what is seen is what is kept. No TypeScript: to have its types taken out
 * would cost the measured process 40 MB.
 */
const collect = process.env.BENCH_COLLECT === undefined ? undefined : garbageCollector()
const every = setInterval(
  () => {
    collect?.()
    const { rss, heapUsed } = process.memoryUsage()
    line({ atMs: Date.now(), rssBytes: rss, heapBytes: heapUsed })
  },
  collect === undefined ? 50 : 500,
)
every.unref()

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  line({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakRssBytes: maxRSS * 1024 })
})

/** @param {object} value */
function line(value) {
  writeSync(3, `${JSON.stringify(value)}\n`)
}

function garbageCollector() {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
