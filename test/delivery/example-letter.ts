import type { Letter } from '../../src/delivery/sender.ts'
import type { Message } from '../../src/reporting/messages/message.ts'
import { context, image, section } from '../../src/reporting/messages/slack-blocks.ts'

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])

const exampleMessage: Message = {
  subject: 'Tier 1 went to swift-8b',
  headline: 'Tier 1 went to swift-8b.',
  slack: {
    text: 'Tier 1 went to swift-8b.',
    blocks: [section('Tier 1 went to *swift-8b*.'), image('accuracy', 'Accuracy of four models')],
    images: [{ name: 'accuracy', png, alt: 'Accuracy of four models' }],
    thread: { text: 'Details', blocks: [context('Details')] },
  },
  email: {
    subject: 'Tier 1 went to swift-8b',
    html: '<p>Tier 1 went to swift-8b.</p><img src="cid:accuracy" alt="Accuracy of four models">',
    text: 'Tier 1 went to swift-8b.',
    images: [{ cid: 'accuracy', name: 'accuracy', png, alt: 'Accuracy of four models' }],
  },
}

export function letterOf(change: Partial<Letter> = {}): Letter {
  return {
    key: 'report:1:slack',
    recipient: '#models',
    message: exampleMessage,
    answers: undefined,
    sentAs: undefined,
    mayHaveArrived: false,
    createdAt: new Date('2026-11-22T03:00:00Z'),
    ...change,
  }
}
