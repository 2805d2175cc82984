import { MultiBar, Presets, type SingleBar } from 'cli-progress'
import type { Output } from '../shared/caller.ts'
import { counted } from '../shared/counted.ts'
import { count, duration, money } from '../shared/format-number.ts'
import type { CycleListener, PlannedEvaluation } from '../workflows/cycle-listener.ts'

/** What a person sees of a cycle while it runs: bars on a terminal, plain lines elsewhere; always on stderr. */
export function progressOn(stream: Output): CycleListener {
  return stream.isTTY ? bars(stream) : plainLines(stream)
}

interface Tally {
  planned: number
  asked: number
  failed: number
  /** Outcomes that an earlier, interrupted process has left. */
  earlier: number
  /** When its first call began: local models wait for each other. */
  startedAtMs: number | undefined
}

function bars(stream: Output): CycleListener {
  let multi: MultiBar | undefined
  const open = new Map<string, { bar: SingleBar; tally: Tally }>()
  const close = () => {
    multi?.stop()
    multi = undefined
    open.clear()
  }
  return {
    planned(evaluation) {
      stream.write(`${announcement(evaluation)}\n`)
      multi = new MultiBar(
        {
          stream,
          format: '  {model}  {bar}  {value}/{total}  {note}',
          hideCursor: true,
          emptyOnZero: true,
          autopadding: true,
        },
        Presets.shades_grey,
      )
      const width = Math.max(...evaluation.models.map(({ model }) => model.length))
      for (const { model, planned, done } of evaluation.models) {
        const tally = newTally(planned, done)
        const bar = multi.create(planned, done, { model: model.padEnd(width), note: '' })
        open.set(model, { bar, tally })
      }
    },
    outcome(outcome) {
      const entry = open.get(outcome.model)
      if (entry === undefined) return
      add(entry.tally, outcome)
      entry.bar.update(entry.tally.asked, { note: note(entry.tally) })
    },
    planMore(model, calls) {
      const entry = open.get(model)
      if (entry === undefined) return
      entry.tally.planned += calls
      entry.bar.setTotal(entry.tally.planned)
    },
    note(text) {
      if (multi === undefined) stream.write(`${text}\n`)
      else multi.log(`${text}\n`)
    },
    finished() {
      close()
      stream.write('\n')
    },
    stopped: close,
  }
}

/** A line at the start, then at most one every five seconds and model, and one when a model is through. */
function plainLines(stream: Output): CycleListener {
  const tallies = new Map<string, Tally & { saidAtMs: number }>()
  return {
    planned(evaluation) {
      stream.write(`${announcement(evaluation)}\n`)
      tallies.clear()
      for (const { model, planned, done } of evaluation.models) {
        tallies.set(model, { ...newTally(planned, done), saidAtMs: performance.now() })
      }
    },
    outcome(outcome) {
      const tally = tallies.get(outcome.model)
      if (tally === undefined) return
      add(tally, outcome)
      const now = performance.now()
      if (tally.asked < tally.planned && now - tally.saidAtMs < 5_000) return
      tally.saidAtMs = now
      stream.write(`  ${outcome.model}: ${count(tally.asked)} of ${count(tally.planned)}${note(tally)}\n`)
    },
    planMore(model, calls) {
      const tally = tallies.get(model)
      if (tally !== undefined) tally.planned += calls
    },
    note: (text) => void stream.write(`${text}\n`),
    finished: () => void stream.write('\n'),
    stopped: () => {},
  }
}

function announcement({ tier, tierName, dataset, samples, estimate, skipped }: PlannedEvaluation): string {
  const about = [
    counted(estimate.calls, 'call'),
    estimate.ms === undefined ? 'duration unknown' : `about ${duration(estimate.ms)}`,
    estimate.costUsd === undefined ? 'cost unknown' : `about ${money(estimate.costUsd)}`,
  ]
  const lines = [`Tier ${tier} ${tierName}: ${dataset}, ${counted(samples, 'sample')}, ${about.join(', ')}`]
  for (const { model, reason } of skipped) lines.push(`  not tested: ${model} (${reason})`)
  return lines.join('\n')
}

function newTally(planned: number, done: number): Tally {
  return { planned, asked: done, failed: 0, earlier: done, startedAtMs: undefined }
}

function add(tally: Tally, { status, latencyMs = 0, waitedMs }: Parameters<CycleListener['outcome']>[0]): void {
  tally.asked += 1
  if (status === 'failed') tally.failed += 1
  tally.startedAtMs ??= performance.now() - latencyMs - waitedMs
}

/** Rate, failures and the time left; no time before 20 calls, because it would be a guess. */
function note({ planned, asked, failed, earlier, startedAtMs = performance.now() }: Tally): string {
  const seconds = (performance.now() - startedAtMs) / 1000
  const made = asked - earlier
  const perSecond = made / Math.max(seconds, 0.001)
  const parts = [`${perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1)}/s`]
  if (failed > 0) parts.push(`${count(failed)} failed`)
  if (made >= 20 && asked < planned) parts.push(`${duration(((planned - asked) / perSecond) * 1000)} left`)
  return `  ${parts.join(' · ')}`
}
