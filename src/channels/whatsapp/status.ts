import type { StopReason } from './close-reason.ts';

/** How WhatsApp is doing, for the health page. */
export type Status =
  | { readonly kind: 'connecting' }
  /** Waits for the operator to scan the QR code or to type the pairing code. */
  | { readonly kind: 'pairing' }
  | { readonly kind: 'open' }
  /** Lost, to be made again after a pause. */
  | { readonly kind: 'waiting'; readonly failures: number }
  /** For good; `next` tells the operator what to do. */
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly next: string };
