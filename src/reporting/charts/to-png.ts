import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { colourIn, type Token } from './tokens.ts'

export interface PngOptions {
  /** Pixels a CSS pixel; 2 where screens are sharp. */
  scale?: number
}

/** The picture for e-mail and Slack: light colours on white, with a font of our own, whatever the machine has. */
export async function toPng(svg: string, { scale = 2 }: PngOptions = {}): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js')
  const picture = new Resvg(withLightColours(svg), {
    background: '#FFFFFF',
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: fontFamily },
  })
  return picture.render().asPng()
}

/** Without it every text would be left out silently. */
const fontFamily = 'DejaVu Sans'

function fontFiles(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'))
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(folder, 'ttf', name))
}

/** resvg knows no custom properties. */
export function withLightColours(svg: string): string {
  return svg.replace(/var\(--([a-z0-9-]+)\)/g, (_, token: Token) => colourIn('light', token))
}
