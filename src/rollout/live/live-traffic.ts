/** With fewer live requests the shadow would take months: people who only read SQL have none. */
export const liveTrafficRule = { requests: 1200, days: 14 }

/** @param requests of a tier in the last 14 days */
export function hasLiveTraffic(requests: number): boolean {
  return requests >= liveTrafficRule.requests
}
