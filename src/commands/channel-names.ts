import type { DeliveryChannel } from '../database/delivery-queries.ts'

export const channelNames: Record<DeliveryChannel, string> = { slack: 'Slack', email: 'E-mail' }
