import { useState } from 'preact/hooks';
import { getKeys } from '../api.ts';
import { useChannels } from '../parts/channels.ts';
import { clearAndLeave, useWarning } from '../parts/leaving.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { sealer } from '../sealing/sealer.ts';
import { Evidences } from './evidences.tsx';
import { Intro } from './intro.tsx';
import { Sending } from './sending.tsx';
import { useStages } from './stages.ts';
import type { StepProps } from './step-props.ts';
import { Summary } from './summary.tsx';
import { isEmpty, NEW_TIP, STEPS, type Step, type Tip } from './tip.ts';
import { What, When, Who } from './told.tsx';
import { Where } from './where.tsx';

const PAGES = { what: What, who: Who, where: Where, when: When, files: Evidences } as const;

/** `/lapor`: from the first words to the receipt. */
export function TipPages() {
  const keys = useLoaded(getKeys);
  const [tip, setTip] = useState(NEW_TIP);
  const [stage, go] = useStages();
  /** True while a part is changed that was shown in the summary. */
  const [correcting, setCorrecting] = useState(false);
  const [safe, setSafe] = useState(false);
  const nobody = keys.kind === 'there' && keys.value.readers.length === 0;
  useChannels(nobody ? 'open' : stage === 'intro' || safe ? 'closed' : 'hidden');
  useWarning(!safe && (stage === 'send' || !isEmpty(tip)));

  if (stage === 'intro') {
    const start = () => {
      sealer.start();
      go('what');
    };
    return <Intro keys={keys} begun={!isEmpty(tip)} start={start} />;
  }
  if (stage === 'send')
    return <Sending tip={tip} forget={() => setTip(NEW_TIP)} done={() => setSafe(true)} back={() => go('check')} />;

  const change = (part: Partial<Tip>) => setTip((before) => ({ ...before, ...part }));
  const correct = (step: Step) => {
    setCorrecting(true);
    go(step);
  };
  const next = () => {
    setCorrecting(false);
    go(correcting ? 'check' : (STEPS[STEPS.indexOf(stage) + 1] ?? 'check'));
  };
  return (
    <>
      <div class="card" key={stage}>
        <p class="step">
          Langkah {STEPS.indexOf(stage) + 1} dari {STEPS.length}
        </p>
        {stage === 'check' ? (
          <Summary tip={tip} correct={correct} send={() => go('send')} />
        ) : (
          <Page of={stage} tip={tip} change={change} next={next} nextLabel={correcting ? 'Ke ringkasan' : 'Lanjut'} />
        )}
      </div>
      <p class="leave">
        <button type="button" onClick={clearAndLeave}>
          Batal dan bersihkan
        </button>
      </p>
    </>
  );
}

function Page({ of, ...props }: StepProps & { readonly of: keyof typeof PAGES }) {
  const Shown = PAGES[of];
  return <Shown {...props} />;
}
