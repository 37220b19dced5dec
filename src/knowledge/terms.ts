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
/** Those who are civil servants (UU 20/2023 Ps 1), or on trial as one. */
export const ASN_ACTORS = ['pns', 'pppk', 'pppk-paruh-waktu', 'cpns'] as const;
export const ACTORS = [...ASN_ACTORS, 'honorer', 'kades', 'perangkat-desa', 'bpd', 'tni-polri', 'bumn'] as const;
/** What the discipline of civil servants knows (PP 94/2021, PP 42/2004): nobody else is punished by it. */
export const DISCIPLINE_LEVELS = ['moral', 'light', 'medium', 'heavy', 'dismissal'] as const;
export const SANCTION_LEVELS = [...DISCIPLINE_LEVELS, 'contract', 'administrative', 'criminal'] as const;
