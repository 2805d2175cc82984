/** A line of the acceptance table (decisions.md section 6.4). */
export interface AcceptanceCheck {
  check: string
  scenario: string
  /** Which observation of the scenario is measured, and which one says what the naive rule does on the same draws. */
  observation: string
  naive?: string
  statistic: 'share' | 'mean' | 'median'
  /** What a number is of. Shares are printed in percent. */
  unit: 'share' | 'flips a year' | 'requests'
  accept: { atMost: number } | { atLeast: number }
  /** What the specification's own simulation measured. */
  specified: string
}

type Line = [check: string, scenario: string, observation: string, accept: AcceptanceCheck['accept'], specified: string]

const atMost = (share: number) => ({ atMost: share })
const atLeast = (share: number) => ({ atLeast: share })

const power8 = 'power at +8 accuracy (+4 total)'
const faster2 = 'power at 1.5 × faster, +2 accuracy'

/** Shares, with what the naive rule does where it can be said. */
const shares: Line[] = [
  ['false switch in a week, identical, 1 challenger', 'identical', 'firstLook', atMost(0.05), '2.1–2.6 %'],
  ['false switch in a week, equal, 1 challenger', 'equal', 'firstLook', atMost(0.05), '2.1–2.6 %'],
  ['false switch in a week, identical, 3 challengers', 'three identical', 'firstLook', atMost(0.05), '1.8–2.5 %'],
  ['false switch in a week, equal, 3 challengers', 'three equal', 'firstLook', atMost(0.05), '1.8–2.5 %'],
  ['false switch within 4 looks, identical', 'identical', 'byLastLook', atMost(0.08), '4.6–6.1 %'],
  ['false switch within 4 looks, equal', 'equal', 'byLastLook', atMost(0.08), '4.6–6.1 %'],
  ['2 or more switches in 52 weeks, identical', 'identical', 'twice', atMost(0.01), '0.00 %'],
  [`${power8}, look 1`, '+8', 'firstLook', atLeast(0.8), '88 %'],
  [`${power8}, by look 2`, '+8', 'bySecondLook', atLeast(0.92), '98 %'],
  [`${power8}, by look 4`, '+8', 'byLastLook', atLeast(0.98), '99.7 %'],
  [`${power8}, by look 4, racing and lock`, '+8', 'racedByLastLook', atLeast(0.95), '95.2–99.4 %'],
  [`${faster2}, look 1`, '1.5 times as fast, +2', 'firstLook', atLeast(0.7), '78 %'],
  [`${faster2}, by look 4`, '1.5 times as fast, +2', 'byLastLook', atLeast(0.92), '97 %'],
  ['switch at 1.5 × faster, −5 accuracy (the margin)', '1.5 times as fast, -5', 'byLastLook', atMost(0.09), '6.1 %'],
  ['switch at 1.5 × faster, −8 accuracy', '1.5 times as fast, -8', 'byLastLook', atMost(0.015), '0.4 %'],
  ['without live traffic: seat taken, identical', 'identical', 'taken', atMost(0.01), 'not simulated'],
  ['without live traffic: seat taken, equal', 'equal', 'taken', atMost(0.03), 'not simulated'],
  ['without live traffic: seat taken at +8 accuracy', '+8', 'taken', atLeast(0.95), 'not simulated'],
  ['drift: false rollback in a year', 'drift, steady', 'rolledBack', atMost(0.09), '6 %'],
  ['drift: 8 points lost, found in a week', 'drift, -8', 'rolledBack', atLeast(0.9), '95 %'],
  ['rollout: 1 % errors, false rollback', 'rollout, healthy', 'rolledBack', atMost(0.02), '0.1 %'],
  ['rollout: 5 % errors, rolled back', 'rollout, 5 % errors', 'rolledBack', atLeast(0.93), '97 %'],
]

/** Lines of which the naive rule has no say: it neither saves calls nor knows a common fault. */
const ownShares: Line[] = [
  ['rollout: 20 % errors on both arms, incident', 'outage, 20 %', 'incident', atLeast(0.98), '100 %'],
  ['rollout: 60 % errors on both arms, incident', 'outage, 60 %', 'incident', atLeast(0.98), '100 %'],
  ['rollout: 100 % errors on both arms, incident', 'outage, 100 %', 'incident', atLeast(0.98), '100 %'],
]

const means: Line[] = [
  ['challenger calls saved at −4 total', 'raced, -8', 'saved', atLeast(0.65), '76 %'],
  ['challenger calls saved on the mix', 'raced, mix', 'saved', atLeast(0.4), '48 %'],
  ['power lost to racing at +4 total, look 1', '+8', 'lostToRacing', atMost(0.04), '≤ 2.2 pp'],
]

export const acceptanceChecks: AcceptanceCheck[] = [
  ...shares.map((line) => ({ ...checkOf(line, 'share', 'share'), naive: naiveOf(line) })),
  ...means.map((line) => checkOf(line, 'mean', 'share')),
  ...ownShares.map((line) => checkOf(line, 'share', 'share')),
  checkOf(
    ['rollout: 5 % errors, median delay', 'rollout, 5 % errors', 'rollbackRequests', atMost(300), '210'],
    'median',
    'requests',
  ),
  checkOf(['naive min-max, identical: flips', 'identical', 'naiveFlips', atLeast(15), '26'], 'mean', 'flips a year'),
]

function naiveOf([, , observation]: Line): string {
  return observation === 'twice' ? 'naiveTwice' : 'naive'
}

function checkOf(
  [check, scenario, observation, accept, specified]: Line,
  statistic: AcceptanceCheck['statistic'],
  unit: AcceptanceCheck['unit'],
): AcceptanceCheck {
  return { check, scenario, observation, statistic, unit, accept, specified }
}
