/** Where a message comes from: what the report flows need to know of it, and nothing that names a person. */
export interface Origin {
  readonly channel: string;
  /** The chat's keyed pseudonym. */
  readonly chat: string;
  /** What `Dialogue.tell` finds the chat by. Passed on unread, to be sealed at once (`ReportDesk.ask`). */
  readonly address: string;
  /** Keyed pseudonym of the update: the same again where a platform delivers it twice. Undefined where it cannot. */
  readonly update: string | undefined;
  /** False in groups, where others read along: nothing is reported there. */
  readonly private: boolean;
  /** The network it comes from, where the channel sees it: for limits alone, in memory. */
  readonly network?: string | undefined;
}

/** False where only text can be sent. */
export const takesFiles = ({ channel }: Origin): boolean => channel !== 'web' && channel !== 'terminal';

/** A person at this machine, for commands that keep nothing. */
export const LOCAL: Origin = { channel: 'terminal', chat: 'local', address: 'local', update: undefined, private: true };
