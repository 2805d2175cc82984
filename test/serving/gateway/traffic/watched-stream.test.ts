import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type StreamTimes, watchStream } from '../../../../src/serving/gateway/traffic/watched-stream.ts'
import { generated, textPieces } from '../../started-service.ts'

test('the time of a slow client is not the time of the model', async () => {
  async function* source() {
    await delay(20)
    yield* textPieces('a', 'b', 'c')
    return generated()
  }
  let times: StreamTimes | undefined
  const watched = await watchStream(source(), {
    ended: (_generated, ended) => {
      times = ended
    },
    failed: () => undefined,
    left: () => undefined,
  })
  if (!('pieces' in watched)) throw new Error('no stream')
  for await (const _piece of watched.pieces) await delay(30)
  expect(times?.firstPieceMs).toBeGreaterThanOrEqual(19)
  expect(times?.modelMs).toBeLessThan(60)
})
