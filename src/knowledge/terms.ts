/**
 * The fixed words of the rule base: verdicts, stages, kinds of officials. Apart from the shapes of the files, so that who only needs the
 * words loads no validator.
 */

/** What the first line of an answer says. */
export const VERDICTS = ['allowed', 'forbidden', 'conditional', 'depends', 'disputed', 'info'] as const;
/** What an answer rests on: the text of a regulation, an official's word, our reasoning, or officials who disagree. */
export const BASES = ['rule', 'official', 'inference', 'disputed'] as const;
export const CERTAINTIES = ['confirmed', 'inference', 'from-memory'] as const;
export const STAGES = ['outside', 'prospective', 'candidate', 'quiet', 'voting', 'after'] as const;
export const ACTORS = [
  'pns',
  'pppk',
  'pppk-paruh-waktu',
  'cpns',
  'honorer',
  'kades',
  'perangkat-desa',
  'bpd',
  'tni-polri',
  'bumn',
] as const;
export const SANCTION_LEVELS = [
  'moral',
  'light',
  'medium',
  'heavy',
  'dismissal',
  'contract',
  'administrative',
  'criminal',
] as const;
