import { UserError } from '../shared/user-error.ts'

/** A dataset as a person names it; without a version the newest one is meant. */
export interface DatasetReference {
  name: string
  version: string | undefined
}

export const datasetNamePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Reads `job-analysis`, `job-analysis@v1` or `job-analysis@golden_v1` (the last two name the same version).
 * @throws UserError when the text is none of them
 */
export function parseDatasetReference(text: string): DatasetReference {
  const [name = '', version, ...rest] = text.trim().split('@')
  if (!datasetNamePattern.test(name) || rest.length > 0) {
    throw new UserError(`Expected a dataset such as job-analysis or job-analysis@v1, got "${text}".`)
  }
  return { name, version: version === undefined ? undefined : parseVersion(version) }
}

/**
 * The canonical form of a version: `v1` for `v1` and `golden_v1`.
 * @throws UserError for anything else
 */
export function parseVersion(text: string): string {
  const number = /^(?:golden_)?v(0|[1-9]\d{0,5})$/.exec(text.trim())?.[1]
  if (number === undefined)
    throw new UserError(`Expected a version such as v1, golden_v1 or job-analysis@v1, got "${text}".`)
  return `v${number}`
}

export function versionNumber(version: string): number {
  return Number(version.slice(1))
}
