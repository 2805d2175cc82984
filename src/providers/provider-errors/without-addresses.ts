/** Where a message of ours names a server, as `addressOf` writes it: "Ollama at http://127.0.0.1:11434 answered …". */
const named = / at (https?:\/\/\S+?)(?=[:.,;]?(?:\s|$))/

/** The address of the server that a message names, for the log; undefined where it names none. */
export function addressIn(message: string): string | undefined {
  return named.exec(message)?.[1]
}

/**
 * A message of ours about a server, for somebody who is not to know where that is. The server's own words may name machines
 * too: pages that anybody can open stay, every other address becomes `…`.
 */
export function withoutAddresses(message: string): string {
  const address = addressIn(message)
  const own = address === undefined || !URL.canParse(address) ? undefined : new URL(address)
  const text = message
    .replace(named, '')
    .replace(/\w+:\/\/[^\s"'<>()]+/g, (url) => (isPage(url, own) ? url : '…'))
    .replace(machine, '…')
  return own === undefined ? text : withoutHost(text, own)
}

/** Addresses of IPv4 and IPv6 and ports of this machine. */
const machine = /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b|\blocalhost:\d+|\[[\da-f.]*:[\da-f:.]*\](:\d+)?/gi

const privateNames = /\.(local|internal|lan|localhost)$/

function isPage(url: string, own: URL | undefined): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  const isName = /\.[a-z]{2,}$/.test(hostname) && !privateNames.test(hostname)
  return protocol === 'https:' && isName && hostname !== own?.hostname
}

/** A name of one word, without its port, may be any word. */
function withoutHost(text: string, { host, hostname }: URL): string {
  return [host, hostname]
    .filter((name) => /[.:]/.test(name))
    .reduce((hidden, name) => hidden.replaceAll(name, '…'), text)
}
