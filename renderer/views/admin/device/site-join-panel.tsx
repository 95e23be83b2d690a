import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { site } from '../../../texts/site.ts';
import { saveFile } from '../save-file.ts';

const text = site.join;

/** Makes gates without a hub ones of one site: a file with the key, and its code by another way. */
export function SiteJoinPanel({ hub, reload }: { hub: boolean; reload: () => void }) {
  const make = useRequest('site/key');
  const join = useRequest('site/join');
  const [file, setFile] = useState<File | null>(null);
  const [code, setCode] = useState('');
  const toast = useToast();
  if (hub) return <section className="stack"><h3>{text.title}</h3><p className="soft">{text.hub}</p></section>;
  const made = async (): Promise<void> => {
    const output = await make.call({});
    if (output) saveFile(output.fileName, output.content, 'sealed');
  };
  const joined = async (): Promise<void> => {
    if (file === null) return;
    const output = await join.call({ content: new Uint8Array(await file.arrayBuffer()), code });
    if (!output) return;
    toast('passed', text.joined(output.name));
    setFile(null);
    setCode('');
    reload();
  };
  return (
    <section className="stack">
      <h3>{text.title}</h3>
      <p className="soft">{text.hint}</p>
      <div className="row">
        <Button busy={make.busy} onPress={() => { void made(); }}>{text.make}</Button>
        <FileButton accept={['.mckey']} onFiles={([chosen]) => { setFile(chosen ?? null); }}>{text.choose}</FileButton>
      </div>
      <ProblemNotice problem={make.problem} />
      {make.output && <Notice tone="information"><span className="notice-text">{text.codeOnce} <strong className="digits">{make.output.code}</strong></span></Notice>}
      {file !== null && <>
        <p>{text.chosen(file.name)}</p>
        <Field label={text.code} value={code} onChange={setCode} autoComplete="off" maxLength={20} />
        <ProblemNotice problem={join.problem} />
        <div><Button busy={join.busy} isDisabled={code.trim() === ''} onPress={() => { void joined(); }}>{text.join}</Button></div>
      </>}
    </section>
  );
}
