/** The work itself failed, for a reason that is no defect of ours: commands print the message and exit with 1. */
export class WorkFailed extends Error {
  override readonly name = 'WorkFailed'
}
