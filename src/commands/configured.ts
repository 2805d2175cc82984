import type { Command } from 'commander'
import { type Config, loadConfig } from '../config/config.ts'
import { readEnvironment } from '../config/environment.ts'

/** The configuration that a command runs with, from --config or the working directory. */
export function configured(command: Command): Config {
  const { config } = command.optsWithGlobals<{ config?: string }>()
  return loadConfig({ cwd: process.cwd(), environment: readEnvironment(), configPath: config })
}
