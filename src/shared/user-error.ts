/**
 * Wrong use or wrong configuration: something the reader of the message can mend. Commands print its message without a
 * stack and exit with 2. The message says what was expected, what came and what to do.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
}
