import { runService } from '../../serving/run-service.ts'
import { withIdsOf } from '../../shared/new-id.ts'
import type { Senders } from '../../workflows/delivery/deliver-due.ts'
import { Interrupted } from '../interruptible.ts'
import { runProgram } from '../program.ts'
import { createDemoClock } from './demo-clock.ts'
import { makeDemoFolder } from './demo-folder.ts'
import { type DemoWorld, openDemoWorld } from './demo-world.ts'
import { demoStart, type PlayedWeek, playWeeks } from './play-weeks.ts'
import { createSimulatedSenders } from './simulated-senders.ts'
import { aboutDemo, type Story, storyOf } from './story.ts'
import { storyText, weekText } from './story-text.ts'
import { type StoryWeek, storyWeek } from './story-week.ts'

export interface DemoListener {
  /** Some lines for a person, as it goes on. */
  progress(text: string): void
  story(story: Story, text: string): void
  opened(url: string): void
}

interface DemoOptions {
  seed: number
  /** Of the dashboard, 0 for any that is free; undefined: none is opened. */
  port: number | undefined
  /** Undefined: all. */
  weeks?: number
}

/**
 * Plays the weeks in a temporary folder, and serves the dashboard until the signal is aborted. Nothing is left then.
 * @throws Interrupted when it is aborted before the dashboard is open
 */
export async function runDemo(
  { seed, port, weeks }: DemoOptions,
  listener: DemoListener,
  signal: AbortSignal,
): Promise<void> {
  const folder = await makeDemoFolder()
  try {
    const clock = createDemoClock(demoStart)
    listener.progress(`${aboutDemo}\n`)
    await withIdsOf(seed, async () => {
      const world = await openDemoWorld({ folder: folder.path, clock, seed }, (text) => listener.progress(text))
      const senders = createSimulatedSenders(clock)
      try {
        const story = await toldStory(world, playWeeks(world, senders, signal, weeks), seed, listener, signal)
        listener.story(story, storyText(story))
        if (port !== undefined) await serveUntil(world, senders, port, listener, signal)
      } finally {
        await world.workspace.database.close()
      }
    })
  } finally {
    folder.remove()
  }
}

async function toldStory(
  world: DemoWorld,
  weeksPlayed: AsyncGenerator<PlayedWeek>,
  seed: number,
  listener: DemoListener,
  signal: AbortSignal,
): Promise<Story> {
  const { db } = world.workspace.database
  const weeks: StoryWeek[] = []
  try {
    for await (const played of weeksPlayed) {
      const week = await storyWeek(db, played)
      weeks.push(week)
      listener.progress(weekText(week))
    }
  } catch (error) {
    throw signal.aborted ? new Interrupted('Interrupted. Nothing of the demo is left.') : error
  } finally {
    await world.stopTraffic()
  }
  return storyOf(db, { seed, weeks, samples: world.samples, liveRequests: world.applications.sent() })
}

async function serveUntil(
  { workspace, clock, models }: DemoWorld,
  senders: Senders,
  port: number,
  listener: DemoListener,
  signal: AbortSignal,
): Promise<void> {
  clock.run()
  const service = await runService(workspace, {
    host: '127.0.0.1',
    port,
    runCommand: runProgram,
    writeLog: () => {},
    simulated: models,
    senders,
  })
  listener.opened(service.url)
  await aborted(signal)
  await service.stop()
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })
}
