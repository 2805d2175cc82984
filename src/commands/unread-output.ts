/** What a shell reports of a program that SIGPIPE has ended: 128 + 13. */
const endedByClosedPipe = 141

/**
 * Whoever reads the output may have had enough of it (`| head`): the process then ends without a word. Progress and notes
 * that nobody reads are no reason to stop working.
 */
export function endWhenUnread(): void {
  process.stdout.on('error', (error) => {
    if (!isClosedPipe(error)) throw error
    process.exit(endedByClosedPipe)
  })
  process.stderr.on('error', (error) => {
    if (!isClosedPipe(error)) throw error
  })
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE'
}
