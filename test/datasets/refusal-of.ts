import { UserError } from '../../src/shared/user-error.ts'

/** The message with which something is refused; fails the test when it is not refused as a person's mistake. */
export function refusalOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  throw new Error('Nothing was refused.')
}
