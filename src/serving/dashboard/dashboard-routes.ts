import type { Route } from '../http/exchange.ts'
import type { TokenGate } from '../token-gate.ts'
import { assetRoutes } from './assets.ts'
import { costsPages } from './costs/costs-pages.ts'
import { datasetsPages } from './datasets/datasets-pages.ts'
import { evaluationPages } from './evaluation/evaluation-pages.ts'
import { loginPages } from './login-pages.ts'
import { overviewPages } from './overview-page.ts'
import { modelsPages } from './models/models-pages.ts'
import type { PageContext } from './page-context.ts'
import { themeRoute } from './theme.ts'

/** Everything that people see in a browser. */
export function dashboardRoutes(context: PageContext, tokens: TokenGate): Route[] {
  return [
    ...assetRoutes(),
    ...loginPages(context,
    tokens),
    themeRoute,
    ...overviewPages(context),
    ...evaluationPages(context),
    ...modelsPages(context),
    ...costsPages(context),
    ...datasetsPages(context),
  ]
}
