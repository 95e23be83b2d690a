import { useState } from 'react';
import { IconDownload } from '@tabler/icons-react';
import { isProblemCode, problems } from '../../../../shared/contracts/problems.ts';
import { addDays, workDateOf } from '../../../../shared/domain/work-date.ts';
import { Button } from '../../../components/button.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { number } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { site } from '../../../texts/site.ts';
import { saveFile } from '../save-file.ts';

const text = site.file;
/** What a page may send to the service in one message, with room for the rest of it. */
const mostBytes = 18 * 1024 * 1024;
const againDays = 7;

/** What this gate saw, as a file for the others; and theirs. */
export function SiteFilePanel({ reload }: { reload: () => void }) {
  const make = useRequest('site/export');
  const take = useRequest('site/import');
  const [isTooLarge, setTooLarge] = useState(false);
  const toast = useToast();
  const made = async (since: string | null): Promise<void> => {
    const output = await make.call({ since });
    if (!output) return;
    saveFile(output.fileName, output.content, 'sealed');
    toast('passed', output.events === 0 ? text.nothing : text.exported(number(output.events)));
  };
  const taken = async (files: readonly File[]): Promise<void> => {
    setTooLarge(files.some(({ size }) => size > mostBytes));
    for (const file of files) {
      if (file.size > mostBytes) continue;
      const output = await take.call({ content: new Uint8Array(await file.arrayBuffer()) });
      if (!output) break;
      toast('passed', text.imported(output.name, number(output.events)));
    }
    reload();
  };
  return (
    <section className="stack">
      <h3>{text.title}</h3>
      <p className="soft">{text.hint}</p>
      <div className="row">
        <Button busy={make.busy} icon={<IconDownload size={22} aria-hidden />} onPress={() => { void made(null); }}>{text.export}</Button>
        <Button isDisabled={make.busy} onPress={() => { void made(addDays(workDateOf(Date.now()), -againDays)); }}>{text.exportAll}</Button>
        <FileButton accept={['.mcsite']} many busy={take.busy} onFiles={(files) => { void taken(files); }}>{text.import}</FileButton>
      </div>
      <ProblemNotice problem={make.problem} onRetry={make.again} />
      <ProblemNotice problem={take.problem} />
      {isTooLarge && <Notice tone="attention"><span className="notice-text">{text.tooLarge}</span></Notice>}
      {(take.output?.quarantined ?? 0) > 0 && (
        <Notice tone="attention">
          <span className="notice-text">{text.quarantined(number(take.output!.quarantined))}</span>
          {isProblemCode(take.output!.problem) && <span className="notice-text">{problems[take.output!.problem].vi}</span>}
        </Notice>
      )}
    </section>
  );
}
