import type { Clock } from '../../shared/clock.ts'
import type { Senders } from '../../workflows/delivery/deliver-due.ts'

type Sender = Senders['slack']

/** Slack is not there for some hours of the Sunday of the fifth week. */
const outage = { from: new Date('2026-02-01T02:55:00Z'), until: new Date('2026-02-01T09:00:00Z') }

/** Slack and a mail server that take messages and pass them on to nobody. */
export function createSimulatedSenders(clock: Clock): Senders {
  const taking: Sender = {
    send: ({ key }) =>
      Promise.resolve({ status: 'sent', reference: `simulated/${key}`, missing: undefined, refused: [] }),
  }
  const slack: Sender = {
    send(letter, signal) {
      const now = clock.now()
      if (now < outage.from || now >= outage.until) return taking.send(letter, signal)
      const reason = 'Simulated: Slack answers 503.'
      return Promise.resolve({ status: 'retry', reason, afterMs: undefined, reference: undefined })
    },
  }
  return { slack, email: taking }
}
