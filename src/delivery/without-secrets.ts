/** A text of somebody else's, without what nobody may read. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const hidden = secrets.filter((secret) => secret !== '').toSorted((one, other) => other.length - one.length)
  return hidden.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
}
