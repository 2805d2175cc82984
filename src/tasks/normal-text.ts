/**
 * Text as scorers compare it: Unicode in its compatibility form (NFKC), lower case, every run of white space one blank,
 * none at the ends. `"  Node.JS\n"` and `"node.js"` are the same text.
 */
export function normalText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
