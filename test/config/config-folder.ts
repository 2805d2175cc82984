import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Config, loadConfig } from '../../src/config/config.ts'
import type { Environment } from '../../src/config/environment.ts'
import { UserError } from '../../src/shared/user-error.ts'

/** An empty folder that is removed with the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The configuration that a file with this text gives. */
export function configOf(text: string, environment: Environment = {}): Config {
  const cwd = emptyFolder()
  writeFileSync(join(cwd, 'incumbent.yaml'), text)
  return loadConfig({ cwd, environment })
}

/** The lines of the error that a file with this text gives. */
export function problemsOf(text: string, environment: Environment = {}): string[] {
  return linesOfError(() => configOf(text, environment))
}

export function linesOfError(action: () => unknown): string[] {
  try {
    action()
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n')
    throw error
  }
  throw new Error('It was accepted.')
}
