import { fsyncSync } from 'node:fs'
import type { Extension } from '@electric-sql/pglite'

/**
 * Lets PostgreSQL in PGlite wait for the disk. Emscripten, through which it has the files of the host, says of every fsync
 * that it was done and does none; with this they are done, and with `durableParameters` PostgreSQL asks for them. What others
 * wrote has to be on the disk before: after a crash PostgreSQL asks for each of a thousand files, one after the other.
 * @param sync writes what the operating system still has of a file, by its descriptor, to the disk; throws when it cannot
 */
export function durableFiles(sync: (descriptor: number) => void = fsyncSync): Extension {
  return {
    name: 'durable files',
    setup: (_pglite, options: EmscriptenOptions) => {
      const preRun = [...(options.preRun ?? []), ({ NODEFS }: EmscriptenModule) => addSync(NODEFS, sync)]
      return Promise.resolve({ emscriptenOpts: { ...options, preRun } })
    },
  }
}

/**
 * What PostgreSQL is to be started with.
 * @param defaults PGlite's own parameters: they switch fsync off
 */
export function durableParameters(defaults: readonly string[]): string[] {
  // Emscripten answers fdatasync, which would be PostgreSQL's choice, by itself.
  return [...defaults.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync']
}

interface HostFiles {
  stream_ops: {
    write: (stream: Stream, ...rest: unknown[]) => number
    fsync?: (stream: Stream) => number
  }
}

interface Stream {
  nfd: number
  node: { name: string }
}

interface EmscriptenModule {
  NODEFS: HostFiles
}

interface EmscriptenOptions {
  preRun?: ((module: EmscriptenModule) => void)[]
}

/** Numbers of WASI. The first PostgreSQL takes for a file system that cannot do it with folders. */
const invalid = 28
const inputOutputError = 29

function addSync({ stream_ops: operations }: HostFiles, sync: (descriptor: number) => void): void {
  const { write } = operations
  let hasWritten = false
  operations.write = (stream, ...rest) => {
    // Written at every start, before PostgreSQL looks whether there was a crash; nothing rests on it.
    if (stream.node.name !== 'postmaster.pid') hasWritten = true
    return write(stream, ...rest)
  }
  operations.fsync = ({ nfd }) => {
    if (!hasWritten) return 0
    try {
      sync(nfd)
      return 0
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EINVAL' ? invalid : inputOutputError
    }
  }
}
