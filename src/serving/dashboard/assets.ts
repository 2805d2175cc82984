import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { pageStyle } from '../../reporting/render-html/page-style.ts'
import { packageRoot } from '../../shared/package-root.ts'
import type { Route } from '../http/exchange.ts'
import { sendText } from '../http/send.ts'
import { dashboardStyle } from './dashboard-style.ts'

interface Asset {
  path: string
  type: string
  text: string
}

/** The bundle does not hold them: they are not for this process. */
const folder = join(packageRoot(), 'src/serving/dashboard/script')

let made: { style: Asset; script: Asset; all: Asset[] } | undefined

/** Under a name that changes with the content, so that browsers keep it for ever. */
export function stylePath(): string {
  return assets().style.path
}

/** The module that loads the others. */
export function scriptPath(): string {
  return assets().script.path
}

/** Style, scripts and icon of the pages: they tell nobody anything, and a page that asks for a token needs them, too. */
export function assetRoutes(): Route[] {
  return [...assets().all, icon].map(({ path, type, text }) => ({
    method: 'GET',
    path,
    isOpen: true,
    isQuiet: true,
    handle: ({ response }) =>
      sendText(response, 200, text, {
        'content-type': type,
        'cache-control': path === icon.path ? 'max-age=86400' : 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      }),
  }))
}

function assets() {
  made ??= makeAssets()
  return made
}

function makeAssets() {
  const css = `${pageStyle()}\n${dashboardStyle()}`
  const style = { path: `/assets/${hashOf(css)}.css`, type: 'text/css; charset=utf-8', text: css }
  const scripts = readScripts()
  const hash = hashOf(scripts.map(({ text }) => text).join('\n'))
  const modules = scripts.map(({ name, text }) => ({
    path: `/assets/${hash}/${name}`,
    type: 'text/javascript; charset=utf-8',
    text,
  }))
  const script = modules.find(({ path }) => path.endsWith('/main.ts'))
  if (script === undefined) throw new Error(`There is no main module in ${folder}.`)
  return { style, script, all: [style, ...modules] }
}

/** Browsers load them as they stand here, less the types. */
function readScripts(): { name: string; text: string }[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return names.sort().map((name) => ({ name, text: withoutTypes(readFileSync(join(folder, name), 'utf8')) }))
}

/** Node.js warns on stderr that it may do this otherwise one day; whoever starts the service cannot help it. */
function withoutTypes(source: string): string {
  const warn = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = warn
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

const icon: Asset = {
  path: '/assets/icon.svg',
  type: 'image/svg+xml',
  text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#FAFAF7"/><path d="M8 5v22" stroke="#1B1D1F" stroke-width="4"/><path d="M12 16h16" stroke="#1F54C7" stroke-width="3"/><circle cx="20" cy="16" r="6" fill="#1F54C7"/></svg>',
}
