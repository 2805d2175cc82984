import { keepHeapSmall } from './commands/keep-heap-small.ts'
import { endWhenOutputIsLost } from './commands/lost-output.ts'
import { runProgram } from './commands/program.ts'
import { restoreFlags } from './shared/compiled-code.ts'

/** Only what runs for longer needs a small heap, and V8 loads its own parts more slowly under flags of ours. */
const heapSettledMs = 300

endWhenOutputIsLost()
setTimeout(keepHeapSmall, heapSettledMs).unref()
process.once('exit', restoreFlags)
process.exitCode = await runProgram(process.argv.slice(2))
