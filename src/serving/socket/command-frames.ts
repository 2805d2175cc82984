import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import * as z from 'zod'

/** A command on its way to the service. */
export interface CarriedCommand {
  /** What follows `incumbent` on the command line. */
  argv: string[]
  cwd: string
  /** Of the program that sends it. */
  version: string
  /** What its streams are, where they are a terminal. */
  terminal: { stdout: number | null; stderr: number | null }
}

/** One line of JSON each. The command goes first, the exit code comes last. */
export type FrameToService = { command: CarriedCommand } | { cancel: true }
export type FrameToCaller = { stdout: string } | { stderr: string } | { exit: number }

const columns = z.number().nullable()
const frameToService = z.union([
  z.object({
    command: z.object({
      argv: z.array(z.string()),
      cwd: z.string(),
      version: z.string(),
      terminal: z.object({ stdout: columns, stderr: columns }),
    }),
  }),
  z.object({ cancel: z.literal(true) }),
])
const frameToCaller = z.union([
  z.object({ stdout: z.string() }),
  z.object({ stderr: z.string() }),
  z.object({ exit: z.number() }),
])

/** Where the service that has the embedded database in `home` takes commands. */
export function socketPath(home: string): string {
  return join(home, 'service.sock')
}

export function frameText(frame: FrameToService | FrameToCaller): string {
  return `${JSON.stringify(frame)}\n`
}

export function framesToService(input: Readable): AsyncGenerator<FrameToService> {
  return framesOf(input, frameToService)
}

export function framesToCaller(input: Readable): AsyncGenerator<FrameToCaller> {
  return framesOf(input, frameToCaller)
}

async function* framesOf<T>(input: Readable, schema: z.ZodType<T>): AsyncGenerator<T> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield schema.parse(JSON.parse(line))
  }
}
