/** What a shell reports of a program that SIGPIPE has ended: 128 + 13. */
const endedByClosedPipe = 141

/**
 * Whoever reads the output may have had enough of it (`| head`): the process then ends without a word. Output that cannot be
 * written, as on a full disk, ends it with a sentence. Progress and notes that get lost are no reason to stop working.
 */
export function endWhenOutputIsLost(): void {
  process.stdout.on('error', (error) => {
    if (isClosedPipe(error)) process.exit(endedByClosedPipe)
    process.stderr.write(
      `The output cannot be written (${error.message}). What was stored before stays. Make room for it or send it elsewhere.\n`,
    )
    process.exit(1)
  })
  process.stderr.on('error', () => undefined)
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE'
}
