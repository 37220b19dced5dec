/** What people ask. Nothing here says who, in which chat, or when within a day. */
export interface InsightTables {
  daily_counts: DailyCountTable;
  unknown_questions: UnknownQuestionTable;
}

export type CountKind = 'outcome' | 'topic' | 'verdict';

export interface DailyCountTable {
  /** `YYYY-MM-DD` in Indonesian western time. */
  day: string;
  kind: CountKind;
  /** An outcome, a topic's id, or a verdict. */
  key: string;
  count: number;
}

export interface UnknownQuestionTable {
  /** Random. */
  id: string;
  day: string;
  /** An age file to every curator of the time, filled up to a bucket. */
  sealed: Uint8Array;
}
