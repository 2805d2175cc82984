/** Work that requests give rise to and do not wait for. */
export interface Errands {
  /** Does nothing while an errand of the same subject is under way, or the same one was done a moment ago. */
  send(subject: string, errand: Errand): void
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

export interface Errand {
  /** Tells the errands of a subject apart. */
  purpose: string
  work: () => Promise<void>
  /** Requests call for it again and again; what was done a moment ago would be done alike again. */
  restMs: number
}

export function createErrands(nowMs: () => number, note: (sentence: string) => void): Errands {
  const underWay = new Map<string, Promise<void>>()
  const rests = new Map<string, { purpose: string; untilMs: number }>()

  async function carry(subject: string, { purpose, work, restMs }: Errand): Promise<void> {
    try {
      await work()
    } catch (error) {
      note(`${subject} (${purpose}): it failed and is tried again: ${(error as Error).message}`)
    } finally {
      underWay.delete(subject)
      rests.set(subject, { purpose, untilMs: nowMs() + restMs })
    }
  }

  return {
    send(subject, errand) {
      const rest = rests.get(subject)
      const isResting = rest?.purpose === errand.purpose && nowMs() < rest.untilMs
      if (!isResting && !underWay.has(subject)) underWay.set(subject, carry(subject, errand))
    },
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}
