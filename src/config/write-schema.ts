import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../shared/package-root.ts'
import { renderConfigSchema } from './render-config-schema.ts'

// Started by hand after a change of the configuration: node src/config/write-schema.ts
writeFileSync(join(packageRoot(), 'docs', 'incumbent.schema.json'), renderConfigSchema())
