import { rate } from '../../shared/format-number.ts'
import type { Chart } from './chart.ts'
import { bar, label, plainSvg } from './plain-svg.ts'
import { textWidth } from './text-width.ts'
import type { Token } from './tokens.ts'

/** The way of a challenger to the seat. */
export interface StageTrack {
  challenger: string
  isSimulated: boolean
  /** In their order. */
  stages: Stage[]
}

export interface Stage {
  /** 'Shadow', 'Partial 10 %', 'Full'. */
  name: string
  state: 'done' | 'now' | 'ahead' | 'stopped'
  /** 0 to 1: the slower of requests and hours against what is needed; for the present stage and for one that stopped. */
  progress: number
}

const size = { width: 280, height: 34 }
const gapPx = 4

/** How far is it? One bar a stage; undefined without stages. */
export function stageTrack(data: StageTrack): Chart | undefined {
  const { stages, challenger } = data
  if (stages.length === 0) return undefined
  const finding = `${challenger}: ${stages.map(stageWords).join(', ')}.`
  const width = (size.width - gapPx * (stages.length - 1)) / stages.length
  const body = stages.flatMap((stage, index) => stageParts(stage, index * (width + gapPx), width, data.isSimulated))
  const table = {
    titles: ['Stage', 'State'],
    rows: stages.map((stage) => [stage.name, stateWords(stage)]),
    aligns: 'll',
  }
  return { svg: plainSvg(size, finding, body), finding, table, size }
}

function stageWords(stage: Stage): string {
  return `${stage.name} ${stateWords(stage)}`
}

function stateWords({ state, progress }: Stage): string {
  if (state === 'now') return `${rate(progress)} done`
  return { done: 'passed', ahead: 'ahead', stopped: 'rolled back' }[state]
}

function stageParts({ name, state, progress }: Stage, x: number, width: number, isSimulated: boolean): string[] {
  const fill: Token = state === 'stopped' ? 'bad' : isSimulated ? 'sim' : 'challenger'
  const share = { done: 1, now: Math.min(1, progress), ahead: 0, stopped: Math.max(0.1, Math.min(1, progress)) }[state]
  const isBold = state === 'now' || state === 'stopped'
  const text: Token = state === 'stopped' ? 'bad' : state === 'now' ? 'ink' : state === 'done' ? 'ink-2' : 'ink-3'
  return [
    bar({ x, y: 4, width, height: 6, fill: 'line' }),
    ...(share === 0 ? [] : [bar({ x, y: 4, width: Math.max(6, width * share), height: 6, fill })]),
    label(stageLabel({ name, state }, width), x, 27, { weight: isBold ? 600 : 400, fill: text, sizePx: 12 }),
  ]
}

const marks: Record<Stage['state'], string> = { done: ' ✓', now: '', ahead: '', stopped: ' ↩' }

/** Of `Partial 10 %` only the share, where the bar is narrow. */
function stageLabel({ name, state }: Pick<Stage, 'name' | 'state'>, widthPx: number): string {
  const whole = `${name}${marks[state]}`
  if (textWidth(whole, 12, 600) <= widthPx) return whole
  return `${name.replace(/^\S+ /, '')}${marks[state]}`
}
