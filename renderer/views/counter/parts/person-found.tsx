import { Notice } from '../../../components/notice.tsx';
import { counterTexts } from '../../../texts/counter.ts';
import { readerTexts } from '../../../texts/reader.ts';
import { ChipFace } from '../../reader/chip-face.tsx';
import { ChipTrust } from '../../reader/chip-trust.tsx';
import { isForged, type Identified } from '../intake-draft.ts';
import { CompareTable } from './compare-table.tsx';
import { PersonWarnings } from './person-warnings.tsx';

const texts = counterTexts.identify;

/**
 * Whoever was read, as an officer looks at them: the face beside the person, how far the chip is trusted, and where the
 * sources differ. `withDone`: says too that they are known, where the screen does not say it itself.
 */
export function PersonFound({ who, withDone }: { who: Identified; withDone: boolean }) {
  const { comparison, document, fields } = who.panel;
  const differs = comparison.length > 0;
  const isDone = withDone && document === null && !isForged(who);
  return (
    <>
      {isDone && (
        <Notice tone={differs ? 'attention' : 'passed'}>
          <span className="notice-text">{(differs ? texts.doneDiffers : texts.done)(fields.fullName?.value ?? '')}</span>
          {who.faceId === null && <span>{texts.doneHint}</span>}
        </Notice>
      )}
      {document !== null && <Notice tone="attention"><span className="notice-text">{readerTexts.document.noId}</span></Notice>}
      <div className="person-found">
        {who.faceId !== null && <ChipFace key={who.faceId} faceId={who.faceId} />}
        <div className="stack">
          {who.reading !== null && <ChipTrust trust={who.reading.trust} />}
          {differs && (
            <section className="stack stack-tight">
              <Notice tone="attention"><span className="notice-text">{readerTexts.compare.title}</span></Notice>
              <CompareTable rows={comparison} />
            </section>
          )}
          <PersonWarnings panel={who.panel} />
        </div>
      </div>
    </>
  );
}
