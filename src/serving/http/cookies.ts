import type { IncomingMessage, ServerResponse } from 'node:http'

/** The value of a cookie that came with a request. */
export function cookieIn({ headers }: IncomingMessage, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [key = '', value = ''] = pair.split('=')
    if (key.trim() === name && value !== '') return value.trim()
  }
  return undefined
}

/** Scripts cannot read it, and no other site can have it sent. @param maxAgeSeconds 0 takes it away */
export function setCookie(
  request: IncomingMessage,
  response: ServerResponse,
  { name, value, maxAgeSeconds }: { name: string; value: string; maxAgeSeconds: number },
): void {
  const secure = isBehindHttps(request) ? '; Secure' : ''
  response.appendHeader(
    'set-cookie',
    `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`,
  )
}

/** The service speaks HTTP; what stands before it says whether its own callers came by HTTPS. */
function isBehindHttps({ headers }: IncomingMessage): boolean {
  const [proto] = String(headers['x-forwarded-proto'] ?? '').split(',')
  return proto?.trim() === 'https'
}
