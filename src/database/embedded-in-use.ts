import { UserError } from '../shared/user-error.ts'

/** Another process is the owner of the embedded database. Where it is the service, it can carry the command itself. */
export class EmbeddedInUse extends UserError {
  readonly home: string

  constructor(home: string, message: string) {
    super(message)
    this.home = home
  }
}
