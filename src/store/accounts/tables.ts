import type { Millis } from '../millis.ts';

/** The people of the desk. No table here helps anybody to read a tip: private keys are wrapped with what only a passphrase gives. */
export interface AccountTables {
  accounts: AccountTable;
  desk_sessions: DeskSessionTable;
  desk_invites: DeskInviteTable;
  desk_units: DeskUnitTable;
}

export interface AccountTable {
  /** Of officers the same as `officers.id`. */
  id: string;
  role: 'officer' | 'curator' | 'admin';
  login: string;
  name: string;
  unit: string;
  recipient: string;
  /** scrypt's salt, 16 bytes. */
  salt: Uint8Array;
  /** SHA-256 of what the page derives from the passphrase. */
  verifier: Uint8Array;
  /** The private key, wrapped in the browser. */
  wrapped: Uint8Array;
  /** Secret of one-time codes, sealed with the server's key. */
  totp: Uint8Array | null;
  /** Step (30 s) of the last code that was taken, so that none is taken twice. */
  totp_step: number;
  /** Wrong passphrases or codes since the last right one. */
  failures: number;
  locked_until: Millis;
  signed_in: Millis;
  /** The sign-in before. */
  signed_in_before: Millis;
  since: string;
  retired: string | null;
}

export interface DeskSessionTable {
  /** SHA-256 of the cookie, base64url. */
  hash: string;
  account: string;
  created_at: Millis;
  seen_at: Millis;
}

export interface DeskInviteTable {
  /** SHA-256 of the token, base64url. */
  hash: string;
  role: 'officer' | 'curator' | 'admin';
  unit: string;
  expires_at: Millis;
}

export interface DeskUnitTable {
  name: string;
  /** Codes of regions, separated by spaces. */
  regions: string;
}
