import { runProgram } from './commands/program.ts'
import { endWhenUnread } from './commands/unread-output.ts'

endWhenUnread()
process.exitCode = await runProgram(process.argv.slice(2))
