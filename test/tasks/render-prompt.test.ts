import { describe, expect, test } from 'vitest'
import type { Sample } from '../../src/datasets/dataset.ts'
import type { JsonObject } from '../../src/shared/json.ts'
import { loadTask } from '../../src/tasks/load-task.ts'
import { renderPrompt } from '../../src/tasks/render-prompt.ts'
import { smallDataset, writtenFolder } from '../datasets/written-dataset.ts'

function rendered(input: JsonObject, user = 'T: {{title}} / {{ text }} / {{extra}}'): string[] {
  const prompt = `# System\n\nSchema {{schema}}\n\n# User\n\n${user}\n`
  const folder = writtenFolder(smallDataset({ 'tier1/prompt.md': prompt }))
  const sample: Sample = {
    key: 'k',
    input,
    notes: 'secret note',
    category: 'secret category',
    complexity: undefined,
    cluster: undefined,
  }
  return renderPrompt(loadTask(`${folder}/tier1`), sample).map(({ content }) => content)
}

describe('the prompt of a sample', () => {
  test('has a system and a user message with the input and the schema as JSON', () => {
    const [system, user] = rendered({ title: 'Nurse', text: 'Nights', extra: 3 })
    expect(JSON.parse(system?.replace('Schema ', '') ?? '')).toHaveProperty('properties.team')
    expect(user).toBe('T: Nurse / Nights / 3')
  })

  test('inserts the input as it is: placeholders and dollar signs in it are text', () => {
    expect(rendered({ title: '{{text}} $& $1 {{schema}}', text: '{{title}}' })[1]).toBe(
      'T: {{text}} $& $1 {{schema}} / {{title}} / ',
    )
  })

  test('inserts nothing for what this sample does not have, and JSON for lists and objects', () => {
    expect(rendered({ title: null, text: ['a'] })[1]).toBe('T:  / [\n  "a"\n] / ')
  })

  test('takes keys with blanks in them', () => {
    expect(rendered({ 'Job title': 'Nurse' }, '{{Job title}}')[1]).toBe('Nurse')
  })

  test('does not insert what every object has', () => {
    expect(rendered({ title: 'a' }, '{{constructor}}{{toString}}')[1]).toBe('')
  })

  test('holds nothing of a sample but its input', () => {
    expect(rendered({ title: 'a', text: 'b' }).join()).not.toContain('secret')
  })
})
