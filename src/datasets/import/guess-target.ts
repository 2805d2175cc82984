/** Names that say "the right answer" without a path. Such a column may hold the whole target. */
const answerNames = new Set([
  'target',
  'expected',
  'expected_result',
  'expected_results',
  'expected_output',
  'expected_answer',
  'label',
  'labels',
  'answer',
  'answers',
  'output',
  'gold',
  'ground_truth',
  'reference_answer',
])

/**
 * What a column's name says about a target: `target.a.b` and `expected.a.b` are the path a.b, `expected_industry` is the
 * path industry, `target`, `expected_output`, `label` and the like hold the whole target or its one value. A name may begin
 * with its tier, as in `tier2_expected_results` or `tier2.target.a.b`.
 * @returns undefined when the name says nothing; the path is undefined when the column may hold the whole target
 */
export function guessTarget(column: string, usualTier: string): { path: string | undefined; tier: string } | undefined {
  const [, prefix, rest = column] = /^(tier\d+)[._](.+)$/i.exec(column) ?? []
  const tier = prefix?.toLowerCase() ?? usualTier
  if (answerNames.has(rest.toLowerCase().replaceAll(/[\s-]+/g, '_'))) return { path: undefined, tier }
  const path = /^(?:target|expected)[._](.+)$/i.exec(rest)?.[1]
  if (path !== undefined) return { path: pathFrom(path), tier }
  return prefix === undefined ? undefined : { path: pathFrom(rest), tier }
}

/** A column's name as a path: paths have no spaces. */
export function pathFrom(name: string): string {
  return name.trim().replaceAll(/\s+/g, '_')
}
