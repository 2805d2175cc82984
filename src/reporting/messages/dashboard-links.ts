import type { MessageContext } from './message.ts'
import type { Link } from './slack-blocks.ts'

/** Links to pages of the dashboard; none where nobody can reach it. */
export function dashboardLinks(
  { dashboardUrl }: Pick<MessageContext, 'dashboardUrl'>,
  pages: readonly { label: string; path: string }[],
): Link[] {
  if (dashboardUrl === undefined) return []
  const base = dashboardUrl.replace(/\/+$/, '')
  return pages.map(({ label, path }) => ({ label, url: `${base}${path}` }))
}
