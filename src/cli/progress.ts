/** Shows on standard error how far the training is: one line that is rewritten on a terminal, a few lines elsewhere. */
export function trainingProgress(
  stream: NodeJS.WriteStream = process.stderr,
): (progress: { done: number; of: number }) => void {
  let shown = -1;
  return ({ done, of }) => {
    const percent = Math.floor((100 * done) / of);
    if (stream.isTTY) stream.write(`\rMempelajari daftar aturan ... ${percent}%${done === of ? '\n' : ''}`);
    else if (percent >= shown + 25 || (done === of && shown !== 100)) {
      shown = done === of ? 100 : percent;
      stream.write(`Mempelajari daftar aturan ... ${percent}%\n`);
    }
  };
}
