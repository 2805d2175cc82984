import { endWhenOutputIsLost } from './commands/lost-output.ts'
import { runProgram } from './commands/program.ts'

endWhenOutputIsLost()
process.exitCode = await runProgram(process.argv.slice(2))
