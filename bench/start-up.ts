import { type Figure, figure } from './figure.ts'
import { timeCommand } from './measured-process.ts'
import { repeated, type Stage } from './stage.ts'

/** From the start of the process to its end, for a command that has nothing to do. */
export async function benchmarkStartUp({ folder, runs }: Stage): Promise<Figure[]> {
  const times = await repeated(Math.max(5, runs), () => timeCommand({ folder, environment: {} }, '--version'))
  return [
    figure({
      what: 'incumbent --version',
      where: 'whole process',
      unit: 'ms',
      runs: times,
      limit: { atMost: 200 },
      peer: 2000,
    }),
  ]
}
