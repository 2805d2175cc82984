import { createRequire } from 'node:module'
import type { EvalFunction, MathJsInstance } from 'mathjs'
import { checkSyntax } from './score-formula/check-syntax.ts'
import { FormulaProblem } from './score-formula/formula-problem.ts'
import { tokensOf } from './score-formula/tokens.ts'

/** What a formula is about, 0 to 100 each. */
export interface FormulaTerms {
  accuracy: number
  speed: number
  cost: number
}

export type ScoreFormula = (terms: FormulaTerms) => number
export type CheckedFormula = { status: 'valid'; score: ScoreFormula } | { status: 'invalid'; problem: string }

const longest = 500
const gridStep = 5
const tolerance = 1e-9

/** Only few are ever used, and each is asked for with every sample. */
const checked = new Map<string, CheckedFormula>()

/**
 * Reads a tier's own formula for the total score. It is parsed once by mathjs, and accepted when it consists of numbers,
 * accuracy, speed, cost, arithmetic, comparisons, choices (a ? b : c) and a few functions; when interval arithmetic shows
 * that it is finite whatever the three are; and when, on a grid, it stays within 0 and 100 and never gives less for more:
 * failed calls, and values that nobody knows, count 0 on the assumption that 0 is the worst.
 * @returns what is wrong in words, "expected …, got … at character n"
 */
export function checkFormula(text: string): CheckedFormula {
  const known = checked.get(text)
  if (known !== undefined) return known
  const result = read(text)
  checked.set(text, result)
  return result
}

/**
 * The score by a formula that was checked before.
 * @returns 0 to 100; what lies beyond by less than the grid of the check shows is cut off
 */
export function scoreByFormula(text: string, terms: FormulaTerms): number {
  const formula = checkFormula(text)
  if (formula.status === 'invalid') throw new Error(`The formula "${text}" was not checked: ${formula.problem}`)
  return Math.min(100, Math.max(0, formula.score(terms)))
}

function read(text: string): CheckedFormula {
  try {
    if (text.length > longest) throw new FormulaProblem(`expected at most ${longest} characters, got more`, longest)
    const tokens = tokensOf(text)
    const tree = parsed(text)
    checkSyntax(tree, tokens)
    const compiled: EvalFunction = tree.compile()
    const score: ScoreFormula = ({ accuracy, speed, cost }) => Number(compiled.evaluate({ accuracy, speed, cost }))
    const problem = problemOnGrid(score)
    return problem === undefined ? { status: 'valid', score } : { status: 'invalid', problem }
  } catch (error) {
    if (error instanceof FormulaProblem) return { status: 'invalid', problem: error.message }
    throw error
  }
}

function parsed(text: string) {
  try {
    // A line end is no end of the expression: YAML folds long lines.
    return mathematics().parse(text.replaceAll(/\s/g, ' '))
  } catch (error) {
    const { message, char } = error as Error & { char?: number }
    if (char === undefined) throw error
    const reason = message.replace(/ \(char \d+\)$/, '')
    throw new FormulaProblem(`expected an expression, got something else (${reason})`, char - 1)
  }
}

/** Loaded when the first formula is read: most installations have none. The bundle loads faster than the modules. */
function mathematics(): Pick<MathJsInstance, 'parse'> {
  return createRequire(import.meta.url)('mathjs/lib/browser/math.js')
}

function problemOnGrid(score: ScoreFormula): string | undefined {
  const steps = Array.from({ length: 100 / gridStep + 1 }, (_, step) => step * gridStep)
  for (const accuracy of steps) {
    for (const speed of steps) {
      for (const cost of steps) {
        const problem = problemAt({ accuracy, speed, cost }, score)
        if (problem !== undefined) return problem
      }
    }
  }
  return undefined
}

function problemAt(terms: FormulaTerms, score: ScoreFormula): string | undefined {
  const value = score(terms)
  if (!(value >= -tolerance && value <= 100 + tolerance)) {
    return `expected a result from 0 to 100, got ${shown(value)} for ${termWords(terms)}`
  }
  for (const name of ['accuracy', 'speed', 'cost'] as const) {
    if (terms[name] + gridStep > 100) continue
    const better = { ...terms, [name]: terms[name] + gridStep }
    if (score(better) < value - tolerance) {
      return `expected a result that never falls when ${name} rises, got ${shown(value)} for ${termWords(terms)} and ${shown(score(better))} for ${termWords(better)}`
    }
  }
  return undefined
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function termWords({ accuracy, speed, cost }: FormulaTerms): string {
  return `accuracy ${accuracy}, speed ${speed}, cost ${cost}`
}
