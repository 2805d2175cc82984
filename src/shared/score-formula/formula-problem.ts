/** Why a formula is refused: what was expected, what came, and where. */
export class FormulaProblem extends Error {
  /** @param position of the first character that is wrong, counted from 0 */
  constructor(message: string, position: number, hint = '') {
    super(`${message} at character ${position + 1}${hint}`)
    this.name = 'FormulaProblem'
  }
}
