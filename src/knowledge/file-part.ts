/** Lines of a file in a row. */
export interface FilePart {
  /** Below the rule base's folder: `utterances/medsos.yaml`. */
  readonly file: string;
  /** Number of the first of `lines`, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
  /** Those of `lines` that the part is about: from, and up to but without. The others are what a patch is recognised by. */
  readonly from: number;
  readonly to: number;
  /** True where the file's last line is among them and has no line break. */
  readonly open: boolean;
}
