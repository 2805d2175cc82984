import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isForChallenger } from '../../../../src/rollout/split.ts'
import { type Plan, planForLength, planForModel, planForSeat } from '../../../../src/serving/gateway/traffic/plan.ts'
import {
  challenger,
  exampleModel,
  exampleRoute,
  exampleRoutes,
  full,
  incumbent,
  inPart,
  inShadow,
  spare,
} from './examples.ts'

const shown = ({ attempts }: Plan) => attempts.map(({ model, arm }) => `${model.name}: ${arm}`)

describe('who is asked for a tier', () => {
  test('is its holder, and then its fallbacks', () => {
    const route = exampleRoute()
    const plan = planForSeat(exampleRoutes(route), route, 'key')
    expect(shown(plan)).toEqual([`${incumbent}: incumbent`, `${spare}: fallback`])
    expect(plan.stage).toBe('none')
  })

  test('is its holder also while a challenger is in the shadow', () => {
    const route = exampleRoute({ rollout: inShadow() })
    const plan = planForSeat(exampleRoutes(route), route, 'key')
    expect(shown(plan)[0]).toBe(`${incumbent}: incumbent`)
    expect(plan).toMatchObject({ stage: 'shadow', rollout: { challenger } })
  })

  test('is the challenger for exactly its share of the keys, and after it the holder as a fallback', () => {
    const rollout = inPart(0.3)
    const route = exampleRoute({ rollout })
    const routes = exampleRoutes(route)
    fc.assert(
      fc.property(fc.string(), (key) => {
        const isChosen = isForChallenger(rollout.id, key, 0.3)
        const [first, second] = shown(planForSeat(routes, route, key))
        expect(first).toBe(isChosen ? `${challenger}: challenger` : `${incumbent}: incumbent`)
        if (isChosen) expect(second).toBe(`${incumbent}: fallback`)
      }),
    )
  })

  test('is told to be full while the holder is watched', () => {
    const route = exampleRoute({ full: full() })
    expect(planForSeat(exampleRoutes(route), route, 'key').stage).toBe('full')
  })

  test('is nobody who was retired, and nobody twice', () => {
    const route = exampleRoute({ fallbacks: [spare, incumbent, 'gone', spare] })
    const models = [exampleModel(incumbent, { isActive: false }), exampleModel(spare)]
    expect(shown(planForSeat(exampleRoutes(route, models), route, 'key'))).toEqual([`${spare}: fallback`])
  })

  test('is neither a baseline nor a simulated model', () => {
    const route = exampleRoute({ fallbacks: ['rules', 'simulated', spare] })
    const models = [
      exampleModel('rules', { providerKind: 'rules' }),
      exampleModel('simulated', { providerKind: 'simulated' }),
      exampleModel(spare),
    ]
    const routes = exampleRoutes(route, models)
    expect(shown(planForSeat(routes, route, 'key'))).toEqual([`${spare}: fallback`])
    expect([...routes.names.models]).toEqual([spare])
  })

  test('is refused with what to do when nobody is left', () => {
    const vacant = exampleRoute({ incumbent: undefined, fallbacks: [] })
    expect(() => planForSeat(exampleRoutes(vacant), vacant, 'key')).toThrow('npx incumbent assign 1 <model>')
    const retired = exampleRoute({ fallbacks: [] })
    expect(() => planForSeat(exampleRoutes(retired, []), retired, 'key')).toThrow(`none of ${incumbent} is active`)
  })

  test('is a model that was asked by its name, and nobody in its place', () => {
    expect(shown(planForModel(exampleModel(spare)))).toEqual([`${spare}: direct`])
  })

  test('is, by length, nobody whom a rollout counts', () => {
    const route = exampleRoute({ rollout: inPart(0.5) })
    const plan = planForLength(exampleRoutes(route), route, [spare, incumbent])
    expect(shown(plan)).toEqual([`${spare}: direct`, `${incumbent}: fallback`])
    expect(plan.rollout).toBeUndefined()
  })
})
