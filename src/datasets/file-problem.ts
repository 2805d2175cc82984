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

  /** @param advice what follows from the problems, as a last line */
  constructor(problems: readonly FileProblem[], advice?: string) {
    const more = problems.length - shownAtOnce
    const lines = problems.slice(0, shownAtOnce).map(problemText)
    const rest = [...(more > 0 ? [`… and ${more} more.`] : []), ...(advice === undefined ? [] : [advice])]
    super([...lines, ...rest].join('\n'))
    this.problems = problems
  }
}

/** @throws FileProblems when there is any problem. */
export function refuseProblems(problems: readonly FileProblem[]): void {
  if (problems.length > 0) throw new FileProblems(problems)
}
