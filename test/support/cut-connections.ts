import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Where a connection is lost: before a COMMIT is at the server, or after the server has committed and before it is said. */
export type Cut = 'before COMMIT' | 'before its answer'

export interface CutConnections {
  /** URL of the same database, through connections that are cut. */
  url: string
  /** For the next COMMITs, one after another; undefined: that one passes. */
  cuts: (Cut | undefined)[]
}

/** Stands between a program and a PostgreSQL server, until the test ends, and loses connections where it is told to. */
export async function cutConnections(databaseUrl: string): Promise<CutConnections> {
  const url = new URL(databaseUrl)
  const { hostname, port } = url
  const cuts: CutConnections['cuts'] = []
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    pass(client, server, cuts)
    for (const socket of [client, server]) sockets.add(socket)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port for the proxy')
  url.port = String(address.port)
  return { url: url.href, cuts }
}

function pass(client: Socket, server: Socket, cuts: CutConnections['cuts']): void {
  let swallowsAnswer = false
  const lose = () => {
    client.destroy()
    server.destroy()
  }
  for (const socket of [client, server]) socket.on('error', lose).on('close', lose)
  client.on('data', (data: Buffer) => {
    const cut = data.toString('latin1').toLowerCase().includes('commit\0') ? cuts.shift() : undefined
    if (cut === 'before COMMIT') return lose()
    swallowsAnswer = cut === 'before its answer'
    server.write(data)
  })
  server.on('data', (data: Buffer) => {
    if (swallowsAnswer) lose()
    else client.write(data)
  })
}
