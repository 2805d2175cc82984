/** What the doctor found out about one part of the installation. */
export interface Check {
  /** `database`, `provider gemini`, … */
  part: string
  /**
   * `warning`: it works, and something should be looked at; `problem`: something does not work;
   * `unused`: nothing asks for it, or it cannot be looked at now.
   */
  status: 'good' | 'warning' | 'problem' | 'unused'
  /** What was found. */
  words: string
  /** What a person does about it; null where there is nothing to do. */
  remedy: string | null
}

export function good(part: string, words: string): Check {
  return { part, status: 'good', words, remedy: null }
}

export function unused(part: string, words: string): Check {
  return { part, status: 'unused', words, remedy: null }
}

export function warning(part: string, words: string, remedy: string | null): Check {
  return { part, status: 'warning', words, remedy }
}

export function problem(part: string, words: string, remedy: string | null): Check {
  return { part, status: 'problem', words, remedy }
}
