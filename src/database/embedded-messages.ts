/** What the thread of the embedded database starts with. */
export interface EmbeddedSettings {
  /** It is made where it is missing. */
  directory: string
  /** Where V8 keeps what it has compiled; undefined: nowhere. */
  compileCache: string | undefined
}

type RowMode = 'object' | 'array'

/** What the thread is asked to do. Identifiers of transactions are chosen by the asking side. */
export type Work =
  | { do: 'open' }
  | {
      do: 'query'
      transaction: number | undefined
      statement: string
      parameters: readonly unknown[]
      rowMode: RowMode
    }
  | { do: 'exec'; statements: string }
  | { do: 'begin' | 'commit' | 'rollback'; transaction: number }
  | { do: 'dump' }
  | { do: 'close' }

export type Request = Work & { id: number }

export type Reply =
  | { id: number; result: unknown }
  /** `isLast`: the thread has ended with it. */
  | { id: number; error: SentError; isLast: boolean }

/** An error loses what it has beside its message on its way between threads: PostgreSQL's SQLSTATE, for one. */
export type SentError =
  | { kind: 'error'; message: string; stack: string | undefined; properties: object }
  | { kind: 'other'; properties: object }

export function sentError(error: unknown): SentError {
  if (error instanceof Error) {
    return { kind: 'error', message: error.message, stack: error.stack, properties: plainProperties(error) }
  }
  return { kind: 'other', properties: plainProperties(error) }
}

/** What was thrown in the other thread: an error, or the plain object that PGlite throws for one of the file system. */
export function receivedError(sent: SentError): unknown {
  if (sent.kind === 'other') return sent.properties
  const { message, stack, properties } = sent
  return Object.assign(new Error(message), { stack }, properties)
}

/** Functions, and objects with them, cannot be sent. */
function plainProperties(error: unknown): object {
  const isPlain = (value: unknown) => value === null || (typeof value !== 'object' && typeof value !== 'function')
  return Object.fromEntries(Object.entries(Object(error) as object).filter(([, value]) => isPlain(value)))
}
