import type {
  ConditionalNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from 'mathjs'
import { counted } from '../counted.ts'
import { FormulaProblem } from './formula-problem.ts'
import { type Range, rangeOperations, unionOf } from './ranges.ts'
import { functions, isNumber, type Token, terms } from './tokens.ts'

/** What a part of a formula gives: a number in a range, or true or false. */
type Kind = Range | 'truth'

/**
 * Checks a syntax tree: only nodes, operators and functions that are known to be harmless, numbers where numbers belong,
 * and a finite value whatever the terms are.
 * @param tokens of the same text: they tell the positions, which the tree does not
 * @throws FormulaProblem at the first part that is refused
 */
export function checkSyntax(tree: MathNode, tokens: readonly Token[]): void {
  const value = kindOf(tree, walkOver(tokens))
  if (value === 'truth') throw new FormulaProblem('expected a number as the result, got true or false', 0)
}

/** The tree is walked in the order of the text, and the tokens along with it. */
interface Walk {
  /** Goes on to the next token that is wanted, and returns its position. */
  to(isWanted: (token: Token) => boolean): number
}

function walkOver(tokens: readonly Token[]): Walk {
  let next = 0
  return {
    to: (isWanted) => {
      while (next < tokens.length && !isWanted(tokens[next] ?? { text: '', position: 0 })) next += 1
      next += 1
      return tokens[next - 1]?.position ?? tokens.at(-1)?.position ?? 0
    },
  }
}

function kindOf(node: MathNode, walk: Walk): Kind {
  switch (node.type) {
    case 'ConstantNode':
      return constant(node as ConstantNode, walk)
    case 'SymbolNode':
      return term(node as SymbolNode, walk)
    case 'ParenthesisNode':
      return kindOf((node as ParenthesisNode).content, walk)
    case 'OperatorNode':
      return operator(node as OperatorNode, walk)
    case 'FunctionNode':
      return call(node as FunctionNode, walk)
    case 'ConditionalNode':
      return choice(node as ConditionalNode, walk)
    default:
      throw refusedNode(node, walk)
  }
}

function refusedNode({ type }: MathNode, walk: Walk): FormulaProblem {
  if (type !== 'RelationalNode')
    return new FormulaProblem(
      `expected one expression, got a ${type}`,
      walk.to(() => true),
    )
  const position = walk.to(({ text }) => /^[<>]/.test(text))
  return new FormulaProblem('expected comparisons of two values, joined with "and", got a chain of them', position)
}

function constant({ value }: ConstantNode, walk: Walk): Range {
  const position = walk.to(isNumber)
  const number: unknown = value
  if (typeof number === 'number' && Number.isFinite(number)) return { low: number, high: number }
  throw new FormulaProblem(`expected a finite number, got ${String(number)}`, position)
}

function term({ name }: SymbolNode, walk: Walk): Range {
  const position = walk.to(({ text }) => text === name)
  if ((terms as readonly string[]).includes(name)) return { low: 0, high: 100 }
  throw new FormulaProblem(`expected "(" after the function ${name}, got nothing to apply it to`, position)
}

const comparisons = ['smaller', 'smallerEq', 'larger', 'largerEq']
const connectives = ['and', 'or', 'not']

function operator({ op, fn, args, implicit }: OperatorNode, walk: Walk): Kind {
  const [first, second] = args
  if (first === undefined) throw new FormulaProblem('expected a value, got nothing', 0)
  if (second === undefined) {
    const position = walk.to(({ text }) => text === op)
    return apply(fn, op, [kindOf(first, walk)], position)
  }
  const left = kindOf(first, walk)
  if (implicit) {
    throw new FormulaProblem(
      'expected an operator such as * between two values, got none',
      walk.to(() => true),
    )
  }
  const position = walk.to(({ text }) => text === op)
  return apply(fn, op, [left, kindOf(second, walk)], position)
}

function call({ fn, args }: FunctionNode, walk: Walk): Kind {
  const { name } = fn as unknown as SymbolNode
  const position = walk.to(({ text }) => text === name)
  if (!(functions as readonly string[]).includes(name)) {
    throw new FormulaProblem(`expected one of the functions ${functions.join(', ')}, got ${name}`, position)
  }
  const wanted = name === 'max' || name === 'min' ? Math.max(1, args.length) : name === 'pow' ? 2 : 1
  if (args.length !== wanted) {
    throw new FormulaProblem(`expected ${name} with ${counted(wanted, 'value')}, got ${args.length}`, position)
  }
  return apply(
    name,
    name,
    args.map((argument) => kindOf(argument, walk)),
    position,
  )
}

function choice({ condition, trueExpr, falseExpr }: ConditionalNode, walk: Walk): Kind {
  const test = kindOf(condition, walk)
  const position = walk.to(({ text }) => text === '?')
  if (test !== 'truth') throw new FormulaProblem('expected a comparison before "?", got a number', position)
  const [yes, no] = [kindOf(trueExpr, walk), kindOf(falseExpr, walk)]
  if (yes === 'truth' || no === 'truth') {
    throw new FormulaProblem('expected numbers to choose from, got true or false', position)
  }
  return unionOf(yes, no)
}

function apply(name: string, shown: string, values: readonly Kind[], position: number): Kind {
  if (connectives.includes(name)) {
    if (values.every((value) => value === 'truth')) return 'truth'
    throw new FormulaProblem(`expected comparisons around "${shown}", got a number`, position)
  }
  const [first, ...others] = values.map((value) => {
    if (value !== 'truth') return value
    throw new FormulaProblem(`expected numbers for "${shown}", got true or false`, position)
  })
  if (comparisons.includes(name)) return 'truth'
  const operation = Object.hasOwn(rangeOperations, name) ? rangeOperations[name] : undefined
  if (operation === undefined || first === undefined) {
    throw new FormulaProblem(`expected one of + - * / ^ < <= > >=, got "${shown}"`, position)
  }
  const range = operation(first, ...others)
  if (typeof range === 'string') throw new FormulaProblem(`expected for "${shown}" ${range}`, position)
  if (Number.isFinite(range.low) && Number.isFinite(range.high)) return range
  throw new FormulaProblem(`expected a finite result of "${shown}", got one that may be too large`, position)
}
