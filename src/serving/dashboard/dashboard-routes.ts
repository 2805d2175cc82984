import type { Route } from '../http/exchange.ts'
import type { TokenGate } from '../token-gate.ts'
import { assetRoutes } from './assets.ts'
import { costsPages } from './costs/costs-pages.ts'
import { datasetsPages } from './datasets/datasets-pages.ts'
import { deliveriesPages } from './deliveries/deliveries-pages.ts'
import { evaluationPages } from './evaluation/evaluation-pages.ts'
import { loginPages } from './login-pages.ts'
import { modelsPages } from './models/models-pages.ts'
import { overviewPages } from './overview/overview-pages.ts'
import type { PageContext } from './page-context.ts'
import { themeRoute } from './theme.ts'
import { tierPages } from './tier/tier-pages.ts'

/** Everything that people see in a browser. */
export function dashboardRoutes(context: PageContext, tokens: TokenGate): Route[] {
  return [
    ...assetRoutes(),
    ...loginPages(context, tokens),
    themeRoute,
    ...overviewPages(context),
    ...tierPages(context),
    ...evaluationPages(context),
    ...modelsPages(context),
    ...costsPages(context),
    ...deliveriesPages(context),
    ...datasetsPages(context),
  ]
}
