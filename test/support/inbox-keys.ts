import { InboxKeys, type InboxKeysOptions } from '../../src/store/inbox-keys.ts';

/** The inboxes' key in a folder, as channels/open.ts makes it. Trouble with it fails the test. */
export const openInboxKeys = (options: InboxKeysOptions): Promise<InboxKeys> =>
  InboxKeys.open({
    onFailure: (error) => {
      throw error;
    },
    ...options,
  });
