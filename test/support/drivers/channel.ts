import type { Driver } from '../transcript.ts';

/** A running channel that tests talk to as people would. */
export interface ChannelUnderTest {
  /** A new person, with a conversation of their own. */
  driver(): Driver;
  close(): Promise<void>;
}
