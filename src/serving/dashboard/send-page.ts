import type { OutgoingHttpHeaders } from 'node:http'
import type { Config } from '../../config/config.ts'
import { type Html, html, nothing, trusted } from '../../reporting/render-html/html.ts'
import { dayAndMonth, timeOfDay } from '../../shared/format-date.ts'
import { packageVersion } from '../../shared/package-root.ts'
import { goldenWords } from '../../workflows/pages/golden-words.ts'
import { cookieIn } from '../http/cookies.ts'
import type { Exchange } from '../http/exchange.ts'
import { sendText } from '../http/send.ts'
import { scriptPath, stylePath } from './assets.ts'
import { formField } from './form-token.ts'
import { navigation } from './navigation.ts'
import { nextEvaluation } from './next-evaluation.ts'
import type { PageContext } from './page-context.ts'
import { isTheme, themeCookie, themeForm } from './theme.ts'

export interface Page {
  title: string
  /** Where it is: `/tiers/1`. */
  path: string
  /** Further elements of the head. */
  head?: Html
  /** What stands in `main`. */
  body: Html
  /** Without JavaScript the page is asked for again after so many seconds. */
  refreshSeconds?: number
  /** Whether simulated models are on it. */
  isSimulated?: boolean
  status?: number
}

/** Sends a page of the dashboard, in its frame. */
export function sendPage({ workspace }: Pick<PageContext, 'workspace'>, exchange: Exchange, page: Page): void {
  const { response, caller } = exchange
  const { title, path, head = nothing, body, refreshSeconds, isSimulated = false, status = 200 } = page
  const theme = cookieIn(exchange.request, themeCookie)
  const refresh =
    refreshSeconds === undefined
      ? nothing
      : html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>`
  const document = html`<!doctype html>
<html lang="en"${isTheme(theme) && theme !== 'system' ? html` data-theme="${theme}"` : nothing}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isSimulated ? '[simulated] ' : ''}${title} · Incumbent</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${stylePath()}">
<script type="module" src="${scriptPath()}"></script>
${refresh}${head}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${navigation(path, nextWords(workspace))}
${isSimulated ? trusted('<div class="hatch"></div>') : nothing}
<main id="content" tabindex="-1">
${body}
</main>
${footer(exchange, workspace.config, { isSimulated, caller, path, theme })}
</body>
</html>
`
  sendText(response, status, document.markup, pageHeaders)
}

function nextWords({ config, clock }: PageContext['workspace']): Html {
  const next = nextEvaluation(config, clock.now())
  if (next === undefined) return html`No evaluation is scheduled`
  const { timeZone } = config.schedule
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone }).format(next.dueAt)
  return html`Next evaluation <time datetime="${next.dueAt.toISOString()}">${day} ${dayAndMonth(next.dueAt, timeZone)} ${timeOfDay(next.dueAt, timeZone)}</time>`
}

interface FooterFacts {
  isSimulated: boolean
  caller: string | undefined
  path: string
  theme: string | undefined
}

function footer(exchange: Exchange, config: Config, { isSimulated, caller, path, theme }: FooterFacts): Html {
  // Before the token nobody is told what there is.
  const golden = path === '/login' ? '' : goldenWords(config)
  const simulated = isSimulated
    ? ' Simulated models draw their answers from an answer book and never take a real seat.'
    : ''
  const logout =
    caller === undefined
      ? nothing
      : html`<form method="post" action="/logout">${formField(exchange)}<button class="plain">Log out ${caller}</button></form>`
  return html`<footer class="bottom small"><div>
<p>Scores are measured on golden data${golden === '' ? '' : ` (${golden})`}. Intervals are 95\u202f%.${simulated}</p>
<div class="tools">${logout}${themeForm(exchange, path, theme)}<p>${config.schedule.timeZone} · v${packageVersion()}</p></div>
</div></footer>`
}

/** Nothing of a page comes from elsewhere, and nothing in it is inline: what somebody smuggles in neither runs nor shows. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const pageHeaders: OutgoingHttpHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'private, no-cache',
}
