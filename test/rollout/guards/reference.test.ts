import { describe, expect, test } from 'vitest'
import { cusum } from '../../../src/rollout/guards/cusum.ts'
import { mixtureLogE } from '../../../src/rollout/guards/mixture-log-e.ts'
import { ppiMean } from '../../../src/rollout/guards/ppi-mean.ts'
import { relativeLogE } from '../../../src/rollout/guards/relative-log-e.ts'
import { rolloutStep } from '../../../src/rollout/guards/rollout-step.ts'
import { toleratedErrorRate } from '../../../src/rollout/guards/tolerated-rate.ts'
import { expectClose } from '../../analysis/decision-fixtures.ts'
import { guardFixtures } from '../guard-fixtures.ts'

describe('the guards equal the reference implementation to 1e-9', () => {
  test('the e-process of a rate, and whether it alarms', () => {
    for (const { k, n, p0, logE, alarm } of guardFixtures.mixture) {
      expectClose(mixtureLogE(k, n, p0), logE)
      expect(mixtureLogE(k, n, p0) >= Math.log(100)).toBe(alarm)
    }
    for (const { k, n, p0, mult, logE } of guardFixtures.latencyExceed) expectClose(mixtureLogE(k, n, p0, mult), logE)
  })

  test('the e-process of a canary against its control', () => {
    for (const { kCanary, kControl, share, logE } of guardFixtures.relative) {
      expectClose(relativeLogE(kCanary, kControl, share), logE)
    }
  })

  test('the error rate that is tolerated', () => {
    for (const { k, n, p0 } of guardFixtures.errorP0) expectClose(toleratedErrorRate(k, n), p0)
  })

  test('the CUSUM of full service', () => {
    for (const { stream, W, alarmAt } of guardFixtures.cusum) {
      expectClose(cusum(stream.map((event) => event === 1)), { sum: W, alarmAt })
    }
  })

  test('the mean of a judged quantity', () => {
    const { human, judgeLabelled, judgeUnlabelled, out } = guardFixtures.ppi
    const { lambda, estimate, standardError, interval } = ppiMean(human, judgeLabelled, judgeUnlabelled)
    expectClose({ lambda_: lambda, estimate, se: standardError, ci: interval }, out)
  })

  for (const { inp, out } of guardFixtures.rollout) {
    test(`a step of ${inp.stage} after ${inp.hours} h with ${JSON.stringify(inp.canary)}: ${out.decision}`, () => {
      expectClose(rolloutStep(inp), out)
    })
  }
})
