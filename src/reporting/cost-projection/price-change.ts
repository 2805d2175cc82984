/** Another price of a model. */
export interface PriceChange {
  model: string
  inputUsdPer1k: number
  outputUsdPer1k: number
  /** ISO date; undefined: from the first day. */
  from: string | undefined
}

export const priceExample = 'gemini-2.0-flash-001=0.0002,0.0008@2027-01-01'

const form = /^(?<model>.+)=(?<input>[\d.e+-]+),(?<output>[\d.e+-]+)(?:@(?<day>\d{4}-\d{2}-\d{2}))?$/

/** Out of `model=input,output@day`: US dollars per 1,000 tokens, the day may be missing. Undefined: it is none. */
export function priceChangeFrom(text: string): PriceChange | undefined {
  const { model, input, output, day } = form.exec(text)?.groups ?? {}
  const [inputUsdPer1k, outputUsdPer1k] = [Number(input), Number(output)]
  if (model === undefined || !(inputUsdPer1k >= 0) || !(outputUsdPer1k >= 0)) return undefined
  return day !== undefined && !isDay(day) ? undefined : { model, inputUsdPer1k, outputUsdPer1k, from: day }
}

/** JavaScript takes February 30 for March 2. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
