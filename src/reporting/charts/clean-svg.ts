/**
 * What ECharts writes as inline styles becomes attributes: a strict content security policy would drop the styles. The font
 * is left to the page; its hover rules, marks of its own and the empty background go.
 */
export function cleanSvg(svg: string, finding: string): string {
  const body = svg
    .replace(/<style\b[\s\S]*?<\/style>/g, '')
    .replace(/<rect [^>]*fill="none"><\/rect>/, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
    .replace(/ (?:ecmeta_\w+|class|pointer-events|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
    .replace(tellingText, (_, x: string, y: string, size: string | undefined, text: string) =>
      size === undefined ? tellingPoint(x, y, text) : tellingBox(x, y, size, text),
    )
    .replace(/\n+/g, '\n')
  return named(body, finding)
}

/** Of a text that is a point, or a box of this size, which tells something. */
export function tellingColour(size?: { width: number; height: number }): string {
  return size === undefined ? 'var(--telling)' : `var(--telling-${size.width}x${size.height})`
}

const tellingText = /<text [^>]*translate\((\S+) (\S+)\)" fill="var\(--telling(?:-([\d.]+x[\d.]+))?\)">([^<]*)<\/text>/g

/** Browsers show the title by themselves after a while; the script of the pages, at once and by the keyboard. */
function tellingPoint(x: string, y: string, text: string): string {
  return `<circle cx="${x}" cy="${y}" r="9" fill="none" pointer-events="all" data-point=""><title>${text}</title></circle>`
}

/** @param size `120x40` */
function tellingBox(x: string, y: string, size: string, text: string): string {
  const [width, height] = size.split('x')
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" pointer-events="all" data-point=""><title>${text}</title></rect>`
}

function attributes(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':').map((part) => part.trim()))
    .map(([name, value]) => (name && value && name !== 'font-family' ? ` ${name}="${value}"` : ''))
    .join('')
}

/** A picture with a name for those who hear pages. */
export function named(svg: string, finding: string): string {
  return svg.replace('<svg ', `<svg role="img" aria-label="${escaped(finding)}" `)
}

/** Text as it may stand in markup and between quotes. */
export function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)
}
