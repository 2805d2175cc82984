import { UserError } from './user-error.ts'

/** What somebody names does not exist: a wrong command on the command line, a 404 over HTTP. */
export class NotThere extends UserError {}
