/** A number in a text, with the mark of a currency beside it where there is one. */
export interface Figure {
  value: number
  /** Place with its marks. */
  start: number
  end: number
  currency: string | undefined
  isThousands: boolean
}

export interface FigureMarks {
  /** Mark in lower case → ISO code; longer marks first, so that A$ is not taken for $. */
  currencies: readonly (readonly [mark: string, code: string])[]
  thousands: readonly string[]
}

/** A longer row of digits is some identifier. */
const largestFigure = 1e12

/** The numbers of a text, in both ways of writing them: 3,180.50 and 3.180,50. A letter that means thousands multiplies. */
export function figuresIn(text: string, offset: number, marks: FigureMarks): Figure[] {
  const figures = Array.from(text.matchAll(/\d+(?:[.,'’ \u00a0]\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?/g), (match) => {
    const numberEnd = match.index + match[0].length
    const suffix = marks.thousands.find((letter) => standsAt(text, numberEnd, letter))
    const afterSuffix = numberEnd + (suffix?.length ?? 0)
    const before = markBefore(text, match.index, marks.currencies)
    const after = before === undefined ? markAfter(text, afterSuffix, marks.currencies) : undefined
    return {
      value: numberFrom(match[0]) * (suffix === undefined ? 1 : 1000),
      start: offset + (before?.place ?? match.index),
      end: offset + (after?.place ?? afterSuffix),
      currency: before?.currency ?? after?.currency,
      isThousands: suffix !== undefined,
    }
  })
  return figures.filter(({ value }) => value < largestFigure)
}

interface PlacedMark {
  currency: string
  /** Where the mark begins (before a number) or ends (behind it). */
  place: number
}

function markBefore(text: string, at: number, currencies: FigureMarks['currencies']): PlacedMark | undefined {
  const end = text.slice(Math.max(0, at - 2), at).trimEnd().length + Math.max(0, at - 2)
  for (const [mark, currency] of currencies) {
    const place = end - mark.length
    if (place >= 0 && holdsAt(text, place, mark) && !isLetterPair(text[place - 1], mark[0])) return { currency, place }
  }
  return undefined
}

function markAfter(text: string, at: number, currencies: FigureMarks['currencies']): PlacedMark | undefined {
  const start = /\s/.test(text[at] ?? '') ? at + 1 : at
  for (const [mark, currency] of currencies) {
    if (standsAt(text, start, mark)) return { currency, place: start + mark.length }
  }
  return undefined
}

/** Whether a mark stands at a place and is not merely the beginning of a word. */
function standsAt(text: string, at: number, mark: string): boolean {
  return holdsAt(text, at, mark) && !isLetterPair(mark.at(-1), text[at + mark.length])
}

function holdsAt(text: string, at: number, mark: string): boolean {
  return text.slice(at, at + mark.length).toLowerCase() === mark
}

function isLetterPair(left: string | undefined, right: string | undefined): boolean {
  return /^\p{L}{2}$/u.test(`${left ?? ' '}${right ?? ' '}`)
}

/** Separators before exactly three digits group thousands; one before fewer digits is the decimal point. */
function numberFrom(written: string): number {
  const [, whole = '', decimals = '0'] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(written) ?? []
  return Number(`${whole.replace(/\D/g, '')}.${decimals}`)
}
