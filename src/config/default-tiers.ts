/** The models of the provider `rules` that every language model must beat. */
export const defaultBaselines: readonly string[] = ['rules-basic', 'rules-thorough']

export interface DefaultTier {
  name: string
  task: string
  dataset: string
  candidates: string[]
  labels: Record<string, string>
  initial: string
  schedule: string
}

const dataset = 'job-analysis'
const initial = 'gemini-2.0-flash-001'

/** The plan of the source document: candidates with their roles, times, and today's model on every tier (S2-09, S2-108…110, S2-129). */
export const defaultTiers: Readonly<Record<string, DefaultTier>> = {
  1: {
    name: 'core',
    task: 'golden-datasets/job-analysis/tier1',
    dataset,
    candidates: ['gemini-2.0-flash-lite-001', 'gemini-2.0-flash-001', 'gemini-1.5-flash', 'gemini-1.5-pro'],
    labels: {
      'gemini-2.0-flash-lite-001': 'speed champion',
      'gemini-2.0-flash-001': 'current default',
      'gemini-1.5-flash': 'stable baseline',
      'gemini-1.5-pro': 'accuracy champion',
    },
    initial,
    schedule: '0 1 * * 0',
  },
  2: {
    name: 'enhanced',
    task: 'golden-datasets/job-analysis/tier2',
    dataset,
    candidates: ['gemini-2.0-flash-001', 'gemini-1.5-flash'],
    labels: { 'gemini-2.0-flash-001': 'current', 'gemini-1.5-flash': 'alternative' },
    initial,
    schedule: '30 1 * * 0',
  },
  3: {
    name: 'strategic',
    task: 'golden-datasets/job-analysis/tier3',
    dataset,
    candidates: ['gemini-2.0-flash-001', 'gemini-1.5-pro'],
    labels: { 'gemini-2.0-flash-001': 'current', 'gemini-1.5-pro': 'high reasoning' },
    initial,
    schedule: '0 2 * * 0',
  },
}
