import type { Route } from '../http/exchange.ts'
import { sendJson } from '../http/send.ts'
import type { Gateway, ServedModel } from './answerer.ts'
import { unknownModel } from './resolve-name.ts'

/** `GET /v1/models` and `GET /v1/models/{id}`: tiers first, then models. */
export function modelsRoutes(gateway: Pick<Gateway, 'models'>): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/models',
      handle: ({ response }) => sendJson(response, 200, { object: 'list', data: gateway.models().map(shown) }),
    },
    {
      method: 'GET',
      path: '/v1/models/{id}',
      handle({ response, params: { id = '' } }) {
        const models = gateway.models()
        const model = models.find((one) => one.id === id)
        if (model === undefined)
          throw unknownModel(
            id,
            models.map((one) => one.id),
          )
        sendJson(response, 200, shown(model))
      },
    },
  ]
}

function shown({ id, createdAt, ownedBy }: ServedModel) {
  return { id, object: 'model', created: Math.floor(createdAt.getTime() / 1000), owned_by: ownedBy }
}
