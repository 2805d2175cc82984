import { type MeasuredProcess, type Place, startMeasured } from './measured-process.ts'

/** Carries out `work` while `incumbent serve` runs there, from the moment at which it listens. */
export async function whileServing<T>(
  place: Place,
  work: (service: MeasuredProcess, url: string) => Promise<T>,
): Promise<T> {
  const service = startMeasured(place, 'serve', '--port', '0')
  const url = await Promise.race([listening(service), service.ended.then(() => '')])
  try {
    return await work(service, url)
  } finally {
    service.child.kill('SIGTERM')
    await service.ended
  }
}

function listening({ child }: MeasuredProcess): Promise<string> {
  let text = ''
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      text += String(chunk)
      const url = /http:\/\/[\w.:]+/.exec(text)?.[0]
      if (url !== undefined) resolve(url)
    })
  })
}
