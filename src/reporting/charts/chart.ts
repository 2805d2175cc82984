/** A chart for a page, a report and a message: what it shows is said in `finding` and stands in `table`, too. */
export interface Chart {
  /** Colours are `var(--…)` of `tokens.ts`; without inline styles, so that a strict content security policy shows it. */
  svg: string
  /** The sentence that a title, an aria-label or the text beside a picture says. */
  finding: string
  table: ChartTable
  size: Size
}

export interface ChartTable {
  titles: string[]
  rows: string[][]
  /** One letter a column, `r` for right. */
  aligns: string
}

/** CSS pixels. */
export interface Size {
  width: number
  height: number
}

/** `wide` stands on a page of 1280; `phone` is 340 wide, with names above the lines. */
export type Layout = 'wide' | 'phone'
