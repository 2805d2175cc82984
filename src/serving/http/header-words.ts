/** A header as its sender wrote it: Node.js reads every byte as a letter, and most clients send UTF-8. */
export function headerWords(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : header
}
