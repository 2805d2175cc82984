import { colourIn } from '../charts/tokens.ts'

/** Mail clients drop style sheets: each element carries its own. Colours are those of light pages, in dark clients too. */
const sans = "system-ui,-apple-system,'Segoe UI',Roboto,Inter,Helvetica,Arial,sans-serif"
const serif = "Charter,'Bitstream Charter','Charis SIL',Cambria,Georgia,serif"
const mono = "ui-monospace,SFMono-Regular,Consolas,'DejaVu Sans Mono',monospace"

const ink = colourIn('light', 'ink')
const ink2 = colourIn('light', 'ink-2')
const ink3 = colourIn('light', 'ink-3')
const line = colourIn('light', 'line')

export const emailStyle = {
  body: `margin:0;padding:0;background:#FFFFFF;color:${ink};-webkit-text-size-adjust:100%`,
  preheader: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all',
  page: `width:100%;max-width:600px;margin:0 auto;border-collapse:collapse;background:#FFFFFF;font:400 14px/21px ${sans};color:${ink}`,
  hatch: `height:6px;line-height:6px;font-size:0;background:${colourIn('light', 'sim')};background:repeating-linear-gradient(135deg,${colourIn('light', 'sim')} 0 4px,#FFFFFF 4px 8px)`,
  head: 'padding:24px 32px 0',
  brand: `font:700 15px/22px ${sans};color:${ink};white-space:nowrap`,
  mark: `color:${colourIn('light', 'challenger')};font-size:11px;letter-spacing:-1px`,
  date: `font:400 12.5px/22px ${sans};color:${ink3};text-align:right`,
  headline: `margin:20px 0 10px;text-wrap:balance;font:400 26px/33px ${serif};color:${ink}`,
  lede: `margin:0 0 20px;font:400 15px/23px ${sans};color:${ink2}`,
  block: `padding:14px 0 12px;border-top:1px solid ${line}`,
  cell: `padding:14px 12px 14px 0;border-top:1px solid ${line};vertical-align:top`,
  fact: `padding:6px 0;border-top:1px solid ${line};vertical-align:top;font-size:13px;line-height:19px`,
  strong: `font-weight:600;color:${ink}`,
  small: `font-size:12.5px;line-height:19px;color:${ink3}`,
  quiet: `color:${ink2}`,
  faint: `color:${ink3}`,
  paragraph: `margin:0 0 8px;font:400 14px/21px ${sans};color:${ink}`,
  title: `margin:0;font:650 14px/21px ${sans};color:${ink}`,
  code: `font:400 12.5px/19px ${mono};background:${colourIn('light', 'sunken')};border-radius:4px;padding:1px 4px`,
  button: `display:inline-block;padding:9px 16px;border-radius:6px;background:${ink};color:#FFFFFF;font:600 14px/20px ${sans};text-decoration:none`,
  link: `color:${colourIn('light', 'challenger')}`,
  footer: `padding:16px 32px 32px;background:${colourIn('light', 'sunken')};font:400 12px/18px ${sans};color:${ink3}`,
  simulated: `font-size:12px;color:${colourIn('light', 'sim')};border:1px dashed ${colourIn('light', 'sim')};border-radius:4px;padding:0 4px;white-space:nowrap`,
} as const

/** On phones the columns of a table stand below each other; clients that know no media queries squeeze them. */
export const phoneStyle = `@media (max-width:520px){.pad{padding-left:18px!important;padding-right:18px!important}.stack{display:block!important;width:auto!important;padding:0 0 4px!important;border-top:0!important}.first{border-top:1px solid ${line}!important;padding-top:14px!important}.last{padding-bottom:14px!important}h1{font-size:23px!important;line-height:30px!important}}`
