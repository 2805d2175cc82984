import { Counter, Gauge, type Registry } from 'prom-client'
import type { LiveGuards } from './live-guards.ts'
import type { ObservationBuffer } from './observation-buffer.ts'
import type { RouteTable } from './route-table.ts'
import type { ShadowCopies } from './shadow-copies.ts'

interface Watched {
  table: RouteTable
  buffer: ObservationBuffer
  copies: ShadowCopies
  guards: LiveGuards
}

/** Figures of the traffic, read when Prometheus asks. */
export function registerTrafficMetrics(registry: Registry, { table, buffer, copies, guards }: Watched): void {
  const registers = [registry]
  gauge('incumbent_observations_waiting', 'Observations that are not stored yet.', () => buffer.waiting())
  gauge('incumbent_shadow_copies_waiting', 'Copies for challengers that wait.', () => copies.counts().waiting)
  gauge('incumbent_shadow_copies_running', 'Copies that challengers are answering.', () => copies.counts().running)
  counter('incumbent_observations_dropped_total', 'Observations that could not be kept.', () => buffer.dropped())
  counter('incumbent_shadow_copies_total', 'Copies that challengers answered.', () => copies.counts().made)
  counter(
    'incumbent_shadow_copies_dropped_total',
    'Copies left out, under load or at a limit.',
    () => copies.counts().dropped,
  )
  const stage = new Gauge({
    name: 'incumbent_rollout_stage',
    help: '1 for the stage in which the rollout of a tier is.',
    labelNames: ['tier', 'challenger', 'stage'],
    registers,
    collect() {
      this.reset()
      for (const { tier, rollout, full } of table.current().tiers.values()) {
        for (const { challenger, state } of [rollout, full].filter((one) => one !== undefined)) {
          this.set({ tier, challenger, stage: state.stage }, 1)
        }
      }
    },
  })
  const logE = new Gauge({
    name: 'incumbent_rollout_guard_log_e',
    help: 'Log of the e-process of a guard of the running rollout; it alarms at ln(1/alpha), 4.6 by default.',
    labelNames: ['tier', 'guard'],
    registers,
    collect() {
      this.reset()
      for (const { tier, rollout } of table.current().tiers.values()) {
        const reading = rollout === undefined ? undefined : guards.readings().get(rollout.id)
        for (const [guard, value] of Object.entries(reading ?? {})) this.set({ tier, guard }, value)
      }
    },
  })
  void [stage, logE]

  function gauge(name: string, help: string, read: () => number): void {
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }

  function counter(name: string, help: string, read: () => number): void {
    void new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }
}
