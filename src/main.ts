import { keepHeapSmall } from './commands/keep-heap-small.ts'
import { endWhenOutputIsLost } from './commands/lost-output.ts'
import { runProgram } from './commands/program.ts'

endWhenOutputIsLost()
keepHeapSmall()
process.exitCode = await runProgram(process.argv.slice(2))
