import { UserError } from '../shared/user-error.ts'

/** Something in a file that a person has to mend. */
export interface FileProblem {
  file: string
  /** 1-based; undefined when the file as a whole is meant. */
  line: number | undefined
  message: string
}

const shownAtOnce = 20

/** `file:line: message`, which editors and terminals make clickable. */
export function problemText({ file, line, message }: FileProblem): string {
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`
}

/** What is wrong with the files of a dataset or a task: all of it, of which the message shows the first 20. */
export class FileProblems extends UserError {
  readonly problems: readonly FileProblem[]

  constructor(problems: readonly FileProblem[]) {
    const more = problems.length - shownAtOnce
    const lines = problems.slice(0, shownAtOnce).map(problemText)
    super([...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'))
    this.problems = problems
  }
}

/** @throws FileProblems when there is any problem. */
export function refuseProblems(problems: readonly FileProblem[]): void {
  if (problems.length > 0) throw new FileProblems(problems)
}
