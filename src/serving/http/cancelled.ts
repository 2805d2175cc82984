/** Why nobody waits for an answer any more. It is no failure of the model that was asked. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
  readonly reason: 'client-gone' | 'time-limit' | 'stopping'

  constructor(reason: Cancelled['reason']) {
    super(reason)
    this.reason = reason
  }
}
