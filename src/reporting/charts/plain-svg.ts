import type { Size } from './chart.ts'
import { escaped, named } from './clean-svg.ts'
import { colour, type Token } from './tokens.ts'

/** A small picture that needs no axes. */
export function plainSvg({ width, height }: Size, finding: string, body: readonly string[]): string {
  const svg = `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">`
  return named(`${svg}\n${body.join('\n')}\n</svg>`, finding)
}

export interface Bar {
  x: number
  y: number
  width: number
  height: number
  fill: Token
}

export function bar({ x, y, width, height, fill }: Bar): string {
  return `<rect x="${tenths(x)}" y="${tenths(y)}" width="${tenths(Math.max(0, width))}" height="${height}" rx="${height / 2}" fill="${colour(fill)}"/>`
}

export function disc(x: number, y: number, radius: number, fill: Token): string {
  return `<circle cx="${tenths(x)}" cy="${tenths(y)}" r="${radius}" fill="${colour(fill)}" stroke="${colour('surface')}" stroke-width="2"/>`
}

export function tick(x: number, top: number, bottom: number, fill: Token, width = 1): string {
  return `<path d="M${tenths(x)} ${top}V${bottom}" stroke="${colour(fill)}" stroke-width="${width}" fill="none"/>`
}

export interface LabelLook {
  anchor?: 'start' | 'middle' | 'end'
  weight?: number
  fill?: Token
  sizePx?: number
}

/** One line of text; `y` is its baseline. */
export function label(
  text: string,
  x: number,
  y: number,
  { anchor = 'start', weight = 400, fill = 'ink-3', sizePx = 11.5 }: LabelLook = {},
): string {
  return `<text x="${tenths(x)}" y="${tenths(y)}" text-anchor="${anchor}" font-size="${sizePx}px" font-weight="${weight}" fill="${colour(fill)}">${escaped(text)}</text>`
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
