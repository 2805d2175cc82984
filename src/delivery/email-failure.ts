import type { RefusedAddress } from '../database/delivery-queries.ts'
import type { SendFailure, SendRetry } from './sender.ts'
import { withoutSecrets } from './without-secrets.ts'

/** What nodemailer says of a failure. */
interface MailError extends Error {
  code?: string
  responseCode?: number
  response?: string
  permanent?: boolean
  recipient?: string
  rejectedErrors?: MailError[]
  originalCode?: string
}

/** Which failures of a mail server may go away by themselves, and what a person does about the others. */
export function emailFailure(error: unknown, secrets: readonly string[]): SendRetry | SendFailure {
  if (!(error instanceof Error)) return retry(withoutSecrets(String(error), secrets))
  const failure: MailError = error
  const words = withoutSecrets(failure.response ?? failure.message, secrets)
  const refused = refusedAddresses(failure.rejectedErrors ?? [], secrets)
  if (refused.length > 0) return allRefused(refused)
  if (failure.permanent !== true && !lasting.has(failure.code ?? '') && !isOfCertificate(failure)) {
    return retry(failure.response === undefined ? unreachable(words) : words)
  }
  return { status: 'failed', reason: `${sentence(words)} ${remedyFor(failure)}`, refused: [] }
}

/** Those who were refused, each with the answer of the server. */
export function refusedAddresses(errors: readonly Error[], secrets: readonly string[]): RefusedAddress[] {
  return errors.map((error: MailError) => ({
    address: error.recipient ?? '',
    answer: withoutSecrets(error.response ?? error.message, secrets),
    isFinal: error.permanent ?? false,
  }))
}

/** They say nothing of the server's state: another try would end the same. */
const lasting = new Set(['ENOAUTH', 'ECONFIG', 'EREQUIRETLS'])

function allRefused(refused: RefusedAddress[]): SendRetry | SendFailure {
  const words = refused.map(({ address, answer }) => `${address}: ${answer}`).join('; ')
  if (refused.some(({ isFinal }) => !isFinal)) return retry(`The server refused all addresses for now. ${words}`)
  return { status: 'failed', reason: `The server refused all addresses. ${words} Check reports.email.to.`, refused }
}

function unreachable(words: string): string {
  return `The mail server could not be reached: ${sentence(words)} If that goes on, check reports.email.smtp.`
}

function isOfCertificate({ code, originalCode, message }: MailError): boolean {
  const words = `${code} ${originalCode} ${message}`
  return /SELF_SIGNED|CERT_|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS_CERT|self.signed certificate/i.test(words)
}

function remedyFor(error: MailError): string {
  if (isOfCertificate(error)) {
    return 'The certificate of the server is not trusted: name the server as its certificate does, or NODE_EXTRA_CA_CERTS.'
  }
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') {
    return 'Check user and password in the address of reports.email.smtp; signs such as @ and / in them are written %40 and %2F.'
  }
  if (error.code === 'EENVELOPE') return 'Check whom the server lets send: reports.email.from.'
  return 'Check reports.email.smtp.'
}

function retry(reason: string): SendRetry {
  return { status: 'retry', reason, afterMs: undefined, reference: undefined }
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`
}
