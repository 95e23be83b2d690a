import { IconId } from '@tabler/icons-react';
import { Button } from '../../../components/button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useRequest } from '../../../kiosk.ts';
import { readerTexts } from '../../../texts/reader.ts';

const texts = readerTexts.test;

/** Tests the card readers as `motcua doctor` does: what each is, whether its card answers, and what to do. */
export function ReaderTestPanel() {
  const test = useRequest('reader/test');
  const { output } = test;
  return (
    <section className="stack">
      <h3>{texts.title}</h3>
      <p className="soft">{texts.hint}</p>
      <div><Button busy={test.busy} icon={<IconId size={22} aria-hidden />} onPress={() => { void test.call({}); }}>{test.busy ? texts.going : texts.go}</Button></div>
      <ProblemNotice problem={test.problem} onRetry={test.again} />
      {output !== null && !output.service && <Notice tone="attention"><span className="notice-text">{texts.serviceMissing}</span></Notice>}
      {output !== null && output.service && output.readers.length === 0 && <Notice tone="attention"><span className="notice-text">{texts.none}</span></Notice>}
      {output !== null && output.readers.length > 0 && (
        <ul className="users">
          {output.readers.map(({ name, state, detail, do: advice }) => (
            <li key={name} className="user">
              <span className="grow stack stack-none"><span className="strong">{name}</span><span>{detail}</span>{advice !== null && <span className="soft">{advice}</span>}</span>
              <Tag tone={state === 'ok' ? 'passed' : 'attention'}>{texts[state]}</Tag>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
