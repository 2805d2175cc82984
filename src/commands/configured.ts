import type { Command } from 'commander'
import { type Config, loadConfig } from '../config/config.ts'
import { readEnvironment } from '../config/environment.ts'
import { caller } from '../shared/caller.ts'
import { UserError } from '../shared/user-error.ts'
import { hostWorkspace } from '../workflows/hosting.ts'

/**
 * The configuration that a command runs with, from --config or the working directory of its caller.
 * @throws UserError also when the service that carries the command runs with another file
 */
export function configured(command: Command): Config {
  const { config: configPath } = command.optsWithGlobals<{ config?: string }>()
  const config = loadConfig({ cwd: caller().cwd, environment: readEnvironment(), configPath })
  const host = hostWorkspace()?.config
  if (host === undefined) return config
  if (config.file !== host.file) throw otherFile(config.file, host.file)
  return Object.freeze({ ...config, home: host.home, database: host.database })
}

function otherFile(asked: string | undefined, used: string | undefined): UserError {
  const shown = (file: string | undefined) => file ?? 'no configuration file'
  const remedy = used === undefined ? 'Leave out --config' : `Add --config ${used}`
  return new UserError(
    `The service that has the embedded database runs with ${shown(used)}, and this command would run with ${shown(asked)}. ` +
      `${remedy}, or stop the service first.`,
  )
}
