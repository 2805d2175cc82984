const blockTags = new Set(['p', 'br', 'li', 'ul', 'ol', 'div', 'tr', 'td', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

const entities: Record<string, string> = {
  amp: '&',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  lsquo: '‘',
  euro: '€',
  pound: '£',
}

/**
 * The text with HTML tags and entities blanked out. Every character keeps its place, so that what is found here can be
 * quoted from the original. A tag that starts a new block becomes a line break.
 */
export function plainText(text: string): string {
  // Bounded repetitions: a text made of "<" costs no more than one of letters.
  return text
    .replace(/<\/?([a-z][a-z0-9]{0,9})[^<>]{0,200}>/gi, (tag: string, name: string) =>
      (blockTags.has(name.toLowerCase()) ? '\n' : ' ').padEnd(tag.length),
    )
    .replace(/&(#?[a-z0-9]{2,8});/gi, (entity: string, name: string) => (entities[name] ?? ' ').padEnd(entity.length))
}
