import { join } from 'node:path'
import * as z from 'zod'
import { checkedYaml } from '../shared/yaml-file.ts'

const schema = z.object({ scoring: z.array(z.object({ path: z.string(), target: z.string().optional() })) })

/**
 * Where the targets of a task have what its answers have, by the path in the answer. Nothing else of the task is read: its
 * alias files take a tenth of a second.
 * @throws UserError where there is no task.yaml in the folder, or it has no scored fields
 */
export function readTargetPaths(folder: string): Map<string, string> {
  const { scoring } = checkedYaml(join(folder, 'task.yaml'), schema)
  return new Map(scoring.map(({ path, target }) => [path, target ?? path]))
}
