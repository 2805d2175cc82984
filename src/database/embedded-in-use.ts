import { UserError } from '../shared/user-error.ts'

/** Who has the embedded database. */
export interface EmbeddedOwner {
  /** ISO 8601. */
  since: string
  /** How its process was started. */
  command: string
}

/** Another process is the owner of the embedded database. Where it is the service, it can carry the command itself. */
export class EmbeddedInUse extends UserError {
  readonly home: string
  /** Undefined where it is not known. */
  readonly owner: EmbeddedOwner | undefined

  constructor(home: string, message: string, owner: EmbeddedOwner | undefined) {
    super(message)
    this.home = home
    this.owner = owner
  }
}
