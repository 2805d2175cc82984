/**
 * The base URL that OLLAMA_HOST stands for, read as Ollama's own client reads it: `host`, `host:port`, `:port` or a URL;
 * without a scheme the port is 11434 by default; an address to listen on means this machine.
 * @returns undefined when the text is no address, or one with a user or password
 */
export function ollamaAddress(host: string): string | undefined {
  const text = host.trim()
  const hasScheme = /^https?:\/\//i.test(text)
  if (!hasScheme && text.includes('://')) return undefined
  const address = hasScheme ? text : `http://${text.startsWith(':') ? `127.0.0.1${text}` : text}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return undefined
  if (!hasScheme && !/:\d+(\/|$)/.test(text)) url.port = '11434'
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1'
  if (url.hostname === '[::]') url.hostname = '[::1]'
  return url.href.replace(/\/+$/, '')
}
