/** The small rule base, trained on this thread: for tests that need a matcher but not the real rules. */
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { trainingTexts } from '../../src/learning/texts.ts';
import { Matcher } from '../../src/matching/matcher.ts';
import { trainModel } from '../../src/matching/train.ts';
import { smallKnowledge } from './small-knowledge.ts';

let brain: Brain | undefined;

/** Trained once a test file. Beside the small rules it has a class for danger, which decides whatever else is said. */
export function smallBrain(): Brain {
  if (brain) return brain;
  const files = smallKnowledge();
  const danger =
    '- { id: threat, kind: danger, title: Ancaman, reply: Hubungi 110., always: [mau dibunuh, disekap] }\n';
  files.write('out-of-scope.yaml', files.read('out-of-scope.yaml') + danger);
  const knowledge = loadKnowledge(files.folder);
  brain = { knowledge, matcher: new Matcher(knowledge, trainModel(trainingTexts(knowledge), knowledge.vocabulary)) };
  files.remove();
  return brain;
}
