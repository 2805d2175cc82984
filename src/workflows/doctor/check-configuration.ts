import type { Config } from '../../config/config.ts'
import { packageVersion } from '../../shared/package-root.ts'
import { type Check, good, problem } from './check.ts'

export function checkConfiguration({ file, tiers }: Config): Check {
  const shown = tiers.map(({ id, name }) => `${id} ${name}`).join(', ')
  return good(
    'configuration',
    `${file ?? 'no file, all defaults'}; tiers ${shown}; Incumbent ${packageVersion()} on Node.js ${process.versions.node}`,
  )
}

/** @param problems as `loadConfig` lists them, each with file and line */
export function wrongConfiguration(problems: string): Check {
  return problem('configuration', problems, 'Nothing else was looked at; mend that first')
}
