import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { finished } from '../support/run-incumbent.ts'
import { startedService, streamed, textPieces, whole } from './started-service.ts'

const root = resolve(import.meta.dirname, '../..')
const text = readFileSync(resolve(root, 'docs/gateway.md'), 'utf8')
const [, example = ''] = /```js\n(.*?)```/s.exec(text) ?? []

test('the example in docs/gateway.md works as it stands there', async () => {
  const service = await startedService()
  service.answersWith(({ wantsStream, question }) =>
    Promise.resolve(
      wantsStream
        ? streamed(textPieces('Vien', 'na.'))
        : whole({ text: question.schemaName === 'capital' ? '{"city":"Vienna"}' : 'no schema' }),
    ),
  )
  const script = example.replaceAll('http://127.0.0.1:4080', service.url)
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root })
  expect(await finished(child)).toEqual({ code: 0, stdout: 'qwen3-4b {"city":"Vienna"}\nVienna.', stderr: '' })
})
