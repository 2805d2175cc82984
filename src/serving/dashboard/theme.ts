import { type Html, html, trusted } from '../../reporting/render-html/html.ts'
import { setCookie } from '../http/cookies.ts'
import type { Exchange, Route } from '../http/exchange.ts'
import { sendElsewhere } from '../http/send.ts'
import { checkForm, formField } from './form-token.ts'
import { pathWithin } from './path-within.ts'

export const themeCookie = 'incumbent_theme'

const themes = ['system', 'light', 'dark'] as const

export function isTheme(text: string | undefined): text is (typeof themes)[number] {
  return themes.some((theme) => theme === text)
}

/** Light, dark, or as the reader's system has it. */
export function themeForm(exchange: Exchange, path: string, chosen: string | undefined): Html {
  const buttons = themes.map((theme) => {
    const isPressed = (isTheme(chosen) ? chosen : 'system') === theme
    const pressed = trusted(isPressed ? ' aria-pressed="true"' : ' aria-pressed="false"')
    return html`<button class="plain" name="theme" value="${theme}"${pressed}>${theme}</button>`
  })
  return html`<form method="post" action="/theme">${formField(exchange)}<input type="hidden" name="next" value="${path}"><span>Theme</span>${buttons}</form>`
}

const yearSeconds = 365 * 86_400

export const themeRoute: Route = {
  method: 'POST',
  path: '/theme',
  async handle(exchange) {
    const form = await checkForm(exchange)
    const theme = form.get('theme') ?? undefined
    if (isTheme(theme)) {
      const cookie = { name: themeCookie, value: theme, maxAgeSeconds: yearSeconds }
      setCookie(exchange.request, exchange.response, cookie)
    }
    sendElsewhere(exchange.response, pathWithin(form.get('next')))
  },
}
