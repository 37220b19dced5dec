/** How far something is. */
export type Progress = (done: number, of: number) => void;

const TURNS = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const EVERY = 100;

/** Shows a line that moves while `work` goes on, where the stream is a terminal; nothing of it is left. */
export async function spin<T>(
  stream: NodeJS.WriteStream,
  what: string,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  if (!stream.isTTY) return work(() => {});
  let turn = 0;
  let share = '';
  const draw = () => stream.write(`\r${TURNS[turn++ % TURNS.length]} ${what} ${share}`);
  const timer = setInterval(draw, EVERY);
  draw();
  try {
    return await work((done, of) => {
      share = `${done}/${of}`;
    });
  } finally {
    clearInterval(timer);
    stream.write(`\r${' '.repeat(what.length + share.length + 4)}\r`);
  }
}
