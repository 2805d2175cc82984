import { join } from 'node:path'
import * as z from 'zod'
import { checkedYaml } from '../shared/yaml-file.ts'
import type { DatasetDescription } from './dataset.ts'
import { datasetNamePattern, versionNumber } from './dataset-reference.ts'

export const descriptionFile = 'dataset.yaml'

const versionSchema = z.strictObject({
  version: z
    .string()
    .regex(/^v(0|[1-9]\d{0,5})$/, { error: ({ input }) => `expected a version such as v1, got "${input}"` }),
  description: z.string(),
})

const descriptionSchema = z.strictObject({
  name: z.string().regex(datasetNamePattern, {
    error: ({ input }) => `expected lower-case letters, digits and hyphens, got "${input}"`,
  }),
  title: z.string(),
  description: z.string(),
  licence: z.string(),
  made_by: z.string(),
  versions: z
    .array(versionSchema)
    .min(1)
    .refine((versions) => new Set(versions.map(({ version }) => version)).size === versions.length, {
      error: 'a version stands here twice; each is listed once',
    }),
})

/**
 * Reads dataset.yaml of a dataset's folder.
 * @throws UserError that lists every problem with its line
 */
export function loadDescription(folder: string): DatasetDescription {
  const { made_by: madeBy, ...rest } = checkedYaml(join(folder, descriptionFile), descriptionSchema)
  return { ...rest, madeBy }
}

/** The version with the highest number: what is meant when nobody names one. */
export function newestVersion({ versions }: DatasetDescription): string {
  const numbers = versions.map(({ version }) => versionNumber(version))
  return `v${Math.max(...numbers)}`
}
