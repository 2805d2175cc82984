/**
 * Never runs `work` twice at once. A call while it runs is answered by one more run after it, which all such calls share:
 * what each call resolves with has begun after the call.
 */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let following: Promise<void> | undefined

  function call(): Promise<void> {
    if (running === undefined) {
      running = work().finally(() => {
        running = undefined
      })
      return running
    }
    following ??= follow(running)
    return following
  }

  async function follow(before: Promise<void>): Promise<void> {
    await Promise.allSettled([before])
    following = undefined
    await call()
  }

  return call
}
