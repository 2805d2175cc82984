/** What holds for all routes, in Markdown. */
export const aboutApi = `Everything that the pages show, and an OpenAI-compatible gateway to the model of each tier.

**Values**: times are ISO 8601 in UTC, money is in US dollars at list price, unknown is \`null\` and never 0. A field that is required here is always there; new fields may come.

**Who may ask**: nobody needs a token on the machine of the service until there is one; from then on, and from elsewhere always, every request carries \`Authorization: Bearer <token>\`, with a token of \`npx incumbent token create <name>\`.

**Lists** come in pages, \`{ "items": […], "next": "…" }\`. Give \`next\` as \`cursor\`, with all other parameters as they were, for the page that follows; \`null\` is the end. \`limit\` is the most entries of a page.

**Errors** have the form of OpenAI's protocol, \`{ "error": { "message", "type", "param", "code" } }\`. 429 and 503 say in \`Retry-After\` after how many seconds to ask again; all else is not worth repeating as it is. \`X-Request-Id\` finds the request in the log.`

/** By the part of the path. */
export const aboutTags: Readonly<Record<string, string>> = {
  overview: 'Where everything stands.',
  tiers: 'Tiers with their seats, and what people say about them.',
  evaluations: 'Evaluations with their verdicts and samples.',
  models: 'The registry.',
  'model-runs': 'What models have done.',
  costs: 'What testing and live requests cost, and would cost.',
  deliveries: 'Messages to people.',
  slots: 'What was due and is due next.',
  alerts: 'What people should know of.',
  datasets: 'Golden data.',
  exports: 'Outcomes and reports for other tools.',
  docs: 'This description.',
  gateway: 'The protocol of OpenAI, for applications.',
  health: 'For whoever watches the service.',
}
