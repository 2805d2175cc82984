/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

interface Progress {
  asked: number
  planned: number
  models: { model: string; asked: number; failed: number }[]
  words: { count: string; failures: string }
}

/** Keeps the panel of an evaluation that runs up to date; when it ends the page is loaded anew, with the verdict. */
export function followProgress(): void {
  const panel = document.querySelector<HTMLElement>('[data-progress]')
  const address = panel?.dataset.progress
  if (panel === null || address === undefined) return
  const events = new EventSource(address)
  events.addEventListener('progress', ({ data }: MessageEvent<string>) => show(panel, JSON.parse(data) as Progress))
  events.addEventListener('ended', () => {
    events.close()
    location.reload()
  })
}

function show(panel: HTMLElement, { asked, planned, models, words }: Progress): void {
  say(panel, '[data-part=count]', words.count)
  say(panel, '[data-part=failures]', words.failures)
  panel.querySelector('[data-part=done]')?.setAttribute('width', String(planned === 0 ? 0 : (1000 * asked) / planned))
  for (const each of models) {
    const name = CSS.escape(each.model)
    say(panel, `[data-asked="${name}"]`, each.asked.toLocaleString('en-US'))
    say(panel, `[data-failed="${name}"]`, each.failed.toLocaleString('en-US'))
  }
}

/** Only what differs is changed, so that a screen reader says it once. */
function say(panel: HTMLElement, selector: string, text: string): void {
  const element = panel.querySelector(selector)
  if (element !== null && element.textContent !== text) element.textContent = text
}
