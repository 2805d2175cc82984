/** A text of at most so many UTF-16 units; what had to be cut ends in an ellipsis and never in half a letter. */
export function cutAt(most: number, text: string): string {
  if (text.length <= most) return text
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}
