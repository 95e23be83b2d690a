import { IconAlarm, IconArrowRight, IconFileDescription, IconFilePlus, IconHandStop, IconHourglass, IconInbox, IconPackageExport, type Icon } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { Purpose } from '../../../shared/domain/purpose.ts';
import { nfc } from '../../../shared/domain/vietnamese.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Notice, ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { Tone } from '../../components/tone.tsx';
import { useRequest } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import type { IntakeDraft } from './intake-draft.ts';
import { DossierTable } from './parts/dossier-table.tsx';
import { SearchBar } from './parts/search-bar.tsx';
import { useCodes, type ScannedCode } from './parts/use-codes.ts';
import { useDossiers, type DossierLine, type ListFilter } from './parts/use-dossiers.ts';
import { useKeys } from './parts/use-keys.ts';
import { useGo, useWork } from './work.tsx';

const texts = counterTexts.home;
type Tile = Exclude<ListFilter, 'all'>;
const tiles: readonly { id: Tile; tone: Tone; icon: Icon }[] = [
  { id: 'received', tone: 'information', icon: IconFileDescription }, { id: 'in-progress', tone: 'information', icon: IconHourglass },
  { id: 'soon', tone: 'attention', icon: IconAlarm }, { id: 'overdue', tone: 'stopped', icon: IconHandStop }, { id: 'resolved', tone: 'passed', icon: IconPackageExport },
];
const codeInText = /[0-9A-Z.]+-\d{6}-[0-9A-Z]{3,}/;

/** What there is to do, what is due, and the way to any dossier. */
export function Home({ onIntake }: { onIntake: (code?: ScannedCode) => void }) {
  const [work, change] = useWork();
  const go = useGo();
  const [filter, setFilter] = useState<ListFilter>('all');
  const list = useDossiers(filter);
  const [query, setQuery] = useState('');
  const [purpose, setPurpose] = useState<Purpose>('status-question');
  const [tooShort, setTooShort] = useState(false);
  const search = useRequest('citizen/search');
  const [found, setFound] = useState<{ query: string; dossiers: readonly DossierLine[] } | null>(null);
  const [remaining, setRemaining] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const lookUp = async (text: string): Promise<void> => {
    const asked = nfc(text).trim();
    setTooShort(asked.length < 2);
    if (asked.length < 2) return;
    const answer = await search.call({ query: asked, purpose });
    // What an earlier look-up found is no answer to this one.
    setFound(answer === null ? null : { query: asked, dossiers: answer.dossiers });
    if (answer === null) return;
    setRemaining(answer.remaining);
  };
  const open = (line: DossierLine): void => {
    go({ name: 'dossier', dossierId: line.dossierId, purpose: line.status === 'resolved' && found === null ? 'hand-over' : purpose });
  };
  const clear = (): void => { setFound(null); setQuery(''); search.clear(); };
  useKeys({ F2: () => { onIntake(); }, F3: () => { input.current?.focus(); input.current?.select(); }, Escape: found === null ? null : clear });
  // A card's QR begins an intake; any other code (that of a receipt) is looked up.
  useCodes((scanned) => {
    const { text, asciiOnly } = scanned;
    const identity = parseIdentityQr(text, { asciiOnly });
    // A garbled one too: the intake tells what to set on the scanner.
    if (identity.citizen !== null || identity.partial !== null || identity.problem?.code.startsWith('scanner-')) { onIntake(scanned); return; }
    const code = codeInText.exec(text)?.[0] ?? text.slice(0, 100);
    setQuery(code);
    void lookUp(code);
  });

  const label = filter === 'all' ? texts.showAll : texts.tile[filter];
  const draft = work.intake?.received === null ? work.intake : null;
  return (
    <div className="home">
      <h2 className="only-heard">{texts.heading}</h2>
      {draft !== null && <Resume draft={draft} onGo={() => { onIntake(); }} onDrop={() => { change((before) => ({ ...before, intake: null })); }} />}
      <div className="home-top">
        <fieldset className="tiles" aria-label={texts.counts}>
          {tiles.map(({ id, tone, icon: Sign }) => (
            <ToggleButton key={id} className="tile" data-tone={tone} data-none={list.counts?.[id] === 0 || undefined} isSelected={filter === id}
              onChange={(on) => { clear(); setFilter(on ? id : 'all'); }}>
              <Sign size={26} aria-hidden />
              <span className="tile-number digits">{list.counts?.[id] ?? '–'}</span>
              <span className="tile-word">{texts.tile[id]}</span>
            </ToggleButton>
          ))}
        </fieldset>
        <Button kind="primary" size="large" icon={<IconFilePlus size={28} aria-hidden />} onPress={() => { onIntake(); }} hint={<Kbd>{counterTexts.keys.intake}</Kbd>}>
          {texts.intake}
        </Button>
      </div>
      <SearchBar query={query} onQuery={setQuery} purpose={purpose} onPurpose={setPurpose} onSearch={() => { void lookUp(query); }} busy={search.busy}
        error={tooShort ? counterTexts.search.tooShort : null} remaining={remaining} inputRef={input} />
      <ProblemNotice problem={search.problem} onRetry={search.again === null ? null : () => { void lookUp(query); }} />
      <ProblemNotice problem={list.problem} onRetry={list.reload} />
      {found !== null ? (
        <>
          <div className="row row-apart">
            <h2 className="home-list">{counterTexts.search.results(found.dossiers.length, found.query)}</h2>
            <Button onPress={clear} hint={<Kbd>{counterTexts.keys.escape}</Kbd>}>{counterTexts.search.clear}</Button>
          </div>
          <DossierTable label={counterTexts.search.results(found.dossiers.length, found.query)} lines={found.dossiers} onOpen={open}
            empty={<EmptyState title={counterTexts.search.nothing(found.query)}>{counterTexts.search.nothingHint}</EmptyState>} />
        </>
      ) : list.loading ? <Skeleton lines={6} /> : (
        <>
          {filter !== 'all' && <h2 className="home-list">{label}</h2>}
          <DossierTable key={filter} label={texts.listOf(label)} lines={list.lines} onOpen={open} onEnd={list.more ?? undefined}
            empty={filter === 'all'
              ? <EmptyState icon={<IconInbox size={64} stroke={1.3} aria-hidden />} title={texts.empty}>{texts.emptyHint}</EmptyState>
              : <EmptyState title={texts.emptyFilter} />} />
        </>
      )}
    </div>
  );
}

function Resume({ draft, onGo, onDrop }: { draft: IntakeDraft; onGo: () => void; onDrop: () => void }) {
  const name = draft.who?.panel.fields.fullName?.value ?? texts.resumeNoName;
  const what = draft.procedure === null ? name : `${name}, ${draft.procedure.name}`;
  return (
    <Notice tone="information" action={(
      <span className="row">
        <Button kind="quiet" onPress={onDrop}>{texts.resumeDrop}</Button>
        <Button icon={<IconArrowRight size={22} aria-hidden />} onPress={onGo}>{texts.resumeGo}</Button>
      </span>
    )}>
      <span className="notice-text">{texts.resume(what)}</span>
    </Notice>
  );
}
