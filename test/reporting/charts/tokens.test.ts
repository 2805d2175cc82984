import { expect, test } from 'vitest'
import { tokensCss } from '../../../src/reporting/charts/tokens.ts'

test('who asks for more contrast gets it in the dark colours, too: the rule is as specific as theirs, and comes later', () => {
  const rules = [...tokensCss().matchAll(/(:root[^{]*)\{/g)].map(([, selector = '']) => selector)
  const conditions = (selector: string) => selector.match(/:root|\[/g)?.length ?? 0
  const last = conditions(rules.at(-1) ?? '')
  expect(tokensCss()).toMatch(/prefers-contrast:more\).*$/)
  expect(last).toBe(Math.max(...rules.map(conditions)))
})
