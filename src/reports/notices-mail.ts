import { codeOf } from '../store/code-of.ts';
import type { MailConfig } from './config.ts';
import { NoticeError, type NoticeSender } from './notices.ts';

const PATIENCE = 20_000;
const SUBMISSION_PORT = 587;
const TLS_PORT = 465;

/** By e-mail, to all officers at once and to nobody's knowledge of the others. Encrypted, unless the mail server is this machine. */
export const mailNotices = ({ url, from, to }: MailConfig): NoticeSender => ({
  id: 'mail',
  async send(text) {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(optionsOf(url));
    try {
      const { accepted, rejected } = await transport.sendMail({
        from,
        to: from,
        envelope: { from, to: [...to] },
        subject: text,
        text: `${text}\n`,
        xMailer: false,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      if (accepted.length === 0) throw new NoticeError('refused');
      return rejected.length === 0 ? 'sent' : 'partly';
    } catch (error) {
      throw error instanceof NoticeError ? error : new NoticeError(codeOf(error));
    } finally {
      transport.close();
    }
  },
});

function optionsOf(text: string) {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const here = ['localhost', '127.0.0.1', '::1'].includes(host);
  return {
    host,
    port: url.port === '' ? (secure ? TLS_PORT : SUBMISSION_PORT) : Number(url.port),
    secure,
    requireTLS: !secure && !here,
    // nothing to protect on the way, and its certificate has seldom this name
    ...(here ? { tls: { rejectUnauthorized: false } } : {}),
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  };
}
