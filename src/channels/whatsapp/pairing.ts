/** Linking the bot's number: by a QR code, in the terminal and on a page, or by a code that is typed on the phone. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { WASocket } from '@whiskeysockets/baileys';
import { toString as drawQr } from 'qrcode';
import { describeError, type Logger } from '../../operations/log.ts';

export interface PairingOptions {
  /** Digits: pair by code with this number; by QR without it. */
  readonly number: string | undefined;
  /** Standard output. */
  readonly output: { write(text: string): unknown };
  readonly log: Logger;
  /** The address of the web server as an operator on this machine would type it. */
  readonly origin: () => string;
}

/** Where the page with the QR code is, before the token. */
export const PAIRING_PATH = '/whatsapp/pair/';

export class Pairing {
  readonly #options: PairingOptions;
  #qr: string | undefined;
  #token: string | undefined;
  #asked: WASocket | undefined;

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  /** Shows the operator what WhatsApp offers. Never rejects. */
  async offer(socket: WASocket, qr: string): Promise<void> {
    const { number, log } = this.#options;
    try {
      if (number === undefined) await this.#showQr(qr);
      else if (this.#asked !== socket) {
        this.#asked = socket;
        await this.#showCode(socket, number);
      }
    } catch (error) {
      log.warn({ error: describeError(error) }, 'WhatsApp gave no pairing code, trying again');
      await socket.end(new Error('pairing')).catch(() => {});
    }
  }

  /** Paired, or over: the page is gone, and its link will not come back. */
  done(): void {
    this.#qr = this.#token = this.#asked = undefined;
  }

  /** The QR code for who has the link; undefined for everybody else. */
  qrFor(token: string): string | undefined {
    const expected = Buffer.from(this.#token ?? '');
    const given = Buffer.from(token);
    return expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected)
      ? this.#qr
      : undefined;
  }

  async #showCode(socket: WASocket, number: string): Promise<void> {
    const code = await socket.requestPairingCode(number);
    this.#options.output.write(`WhatsApp pairing code: ${code.slice(0, 4)}-${code.slice(4)}\n`);
    this.#options.log.info(
      'WhatsApp waits for its pairing code: on the phone, Linked devices, Link a device, Link with phone number instead',
    );
  }

  async #showQr(qr: string): Promise<void> {
    const { output, log, origin } = this.#options;
    this.#qr = qr;
    if (this.#token === undefined) {
      this.#token = randomBytes(32).toString('base64url');
      log.info(
        `WhatsApp waits to be paired: on the phone, Linked devices, Link a device; scan the code in the terminal or at ${origin()}${PAIRING_PATH}${this.#token}`,
      );
    }
    output.write(`${await drawQr(qr, { type: 'terminal', small: true, errorCorrectionLevel: 'L' })}\n`);
  }
}
