import { colour, type Token } from './tokens.ts'

/** What a model is in the chart: its role, or on pages without roles the number that it keeps for life, from 0. */
export type ModelPlace = 'incumbent' | 'leader' | 'challenger' | 'baseline' | number

export type Shape = 'square' | 'circle' | 'triangle' | 'diamond'

/** How a model is drawn everywhere: never by its colour alone. */
export interface ModelLook {
  colour: string
  /** Of its name and its figures. */
  textColour: string
  shape: Shape
  isHollow: boolean
  isLead: boolean
}

const shapes: readonly Shape[] = ['square', 'circle', 'triangle', 'diamond']

/** Ink for the seat, blue for the one that may take it, grey for the rest; simulated models are violet in every role. */
export function modelLook(place: ModelPlace, isSimulated: boolean): ModelLook {
  if (typeof place === 'number') return numberedLook(place, isSimulated)
  const isLead = place === 'incumbent' || place === 'leader'
  return {
    colour: colour(isSimulated ? 'sim' : roleColours[place]),
    textColour: colour(isSimulated && isLead ? 'sim' : roleTextColours[place]),
    shape: place === 'incumbent' ? 'square' : 'circle',
    isHollow: place === 'baseline',
    isLead,
  }
}

const roleColours: Record<Exclude<ModelPlace, number>, Token> = {
  incumbent: 'ink',
  leader: 'challenger',
  challenger: 'ink-3',
  baseline: 'ink-3',
}
const roleTextColours: Record<Exclude<ModelPlace, number>, Token> = {
  incumbent: 'ink',
  leader: 'challenger',
  challenger: 'ink-2',
  baseline: 'ink-2',
}

function numberedLook(number: number, isSimulated: boolean): ModelLook {
  const token = `model-${(number % 8) + 1}` as Token
  const own = colour(isSimulated ? 'sim' : token)
  return {
    colour: own,
    textColour: own,
    shape: shapes[number % 4] ?? 'circle',
    isHollow: number % 8 > 3,
    isLead: false,
  }
}
