import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { IconId, IconQrcode, IconUserSearch } from '@tabler/icons-react';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import type { VisitorLine } from '../../../../shared/contracts/visitor.ts';
import { maskCardNumber } from '../../../../shared/domain/factory-card.ts';
import { Button } from '../../../components/button.tsx';
import { Choice, Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { claimNextCode } from '../../../code-claim.ts';
import { date, time, today } from '../../../format.ts';
import { ask, useKioskEvent, useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import { momentOf, usualEnd, type TypedMoment } from '../date-entry.ts';

type Form = Input<'visitors/register'>['visitor'];
type Known = Output<'visitors/identify'>;

const text = guard.visitors.form;
const kinds = (['visitor', 'contractor'] as const).map((id) => ({ id, label: guard.visitors.kinds[id] }));
const yearMs = 366 * 86_400_000;

const empty = { kind: 'visitor' as Form['kind'], fullName: '', company: '', host: '', hostWorkerId: null as string | null, purpose: '', vehicle: '', tools: '', escort: false };

/** The guard's desk: who comes, to whom, until when. A card's QR fills in the name; the number is kept as a mask only. */
export function VisitorFormDialog({ onClose, onSaved }: { onClose: () => void; onSaved: (visitor: VisitorLine) => void }) {
  // Pressed twice, it is one visitor.
  const [visitorId] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState(empty);
  const [from, setFrom] = useState<TypedMoment>(() => ({ date: date(today()), clock: time(new Date()) }));
  const [to, setTo] = useState<TypedMoment>(() => usualEnd(new Date()));
  const [identity, setIdentity] = useState<string | null>(null);
  const [known, setKnown] = useState<Known | null>(null);
  const [passCard, setPassCard] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const register = useRequest('visitors/register');
  const toast = useToast();
  const set = (over: Partial<typeof empty>): void => setDraft({ ...draft, ...over });
  const identified = (code: string, person: Known, onCard: string | null): void => {
    setIdentity(code);
    setKnown(person);
    const { last } = person;
    setDraft({
      ...draft, fullName: onCard ?? person.fullName ?? draft.fullName, company: draft.company || (last?.company ?? ''), vehicle: draft.vehicle || (last?.vehicle ?? ''),
      purpose: draft.purpose || (last?.purpose ?? ''), host: draft.host || (last?.hostName ?? ''), hostWorkerId: draft.hostWorkerId ?? last?.hostWorkerId ?? null, kind: last?.kind ?? draft.kind,
    });
  };
  const [validFrom, validTo] = [momentOf(from), momentOf(to)];
  const isTermGood = validFrom !== null && validTo !== null && Date.parse(validTo) > Date.parse(validFrom) && Date.parse(validTo) - Date.parse(validFrom) <= yearMs;
  const error = (wrong: boolean, words: string): string | null => (tried && wrong ? words : null);
  const save = async (): Promise<void> => {
    setTried(true);
    if (draft.fullName.trim().length < 2 || draft.company.trim() === '' || validFrom === null || validTo === null || !isTermGood) return;
    const { kind, fullName, company, host, hostWorkerId, purpose, vehicle, tools, escort } = draft;
    const done = await register.call({ visitorId, identity, passCard, visitor: { kind, fullName, company, hostWorkerId, hostName: host, purpose, vehicle, tools, escort, validFrom, validTo } });
    if (done === null) return;
    toast('passed', text.saved(done.fullName ?? ''));
    onSaved(done);
  };
  return (
    <Dialog open wide title={text.title} onClose={onClose} actions={(
      <><Button onPress={onClose}>{common.cancel}</Button><Button kind="primary" busy={register.busy} onPress={() => { void save(); }}>{text.save}</Button></>
    )}>
      <ProblemNotice problem={register.problem} onRetry={register.again} />
      <div className="visitor-form">
        <div className="whole"><Identity known={known} onIdentified={identified} onClear={() => { setIdentity(null); setKnown(null); }} /></div>
        <div className="whole"><Choice across label={text.kind} options={kinds} value={draft.kind} onChange={(kind) => set({ kind })} /></div>
        <Field label={text.name} value={draft.fullName} onChange={(fullName) => set({ fullName })} maxLength={100} error={error(draft.fullName.trim().length < 2, text.errors.name)} />
        <Field label={text.company} value={draft.company} onChange={(company) => set({ company })} maxLength={120} error={error(draft.company.trim() === '', text.errors.company)} />
        <HostField host={draft.host} hostWorkerId={draft.hostWorkerId} onHost={(host, hostWorkerId) => set({ host, hostWorkerId })} />
        <Field label={text.purpose} value={draft.purpose} onChange={(purpose) => set({ purpose })} maxLength={200} />
        <MomentFields label={text.from} clockLabel={text.fromTime} value={from} onChange={setFrom} tried={tried} />
        <MomentFields label={text.to} clockLabel={text.toTime} value={to} onChange={setTo} tried={tried} error={error(validFrom !== null && validTo !== null && !isTermGood, text.errors.term)} />
        <Field label={text.vehicle} value={draft.vehicle} onChange={(vehicle) => set({ vehicle })} maxLength={100} />
        <Field label={text.tools} value={draft.tools} onChange={(tools) => set({ tools })} maxLength={200} />
        <div className="whole"><GivenCard card={passCard} onCard={setPassCard} /></div>
        <div className="whole"><Tick value={draft.escort} onChange={(escort) => set({ escort })}>{text.escort}</Tick></div>
      </div>
    </Dialog>
  );
}

function MomentFields({ label, clockLabel, value, onChange, tried, error = null }: { label: string; clockLabel: string; value: TypedMoment; onChange: (value: TypedMoment) => void; tried: boolean; error?: string | null }) {
  const isDate = momentOf({ date: value.date, clock: '00:00' }) !== null;
  const isClock = momentOf({ date: '01/01/2026', clock: value.clock }) !== null;
  return (
    <div className="visitor-term">
      <Field label={label} value={value.date} onChange={(day) => onChange({ ...value, date: day })} maxLength={10} error={tried && !isDate ? text.errors.date : error} />
      <Field label={clockLabel} value={value.clock} onChange={(clock) => onChange({ ...value, clock })} maxLength={5} error={tried && !isClock ? text.errors.clock : null} />
    </div>
  );
}

/** The host: a worker found by typing, or a name as it is typed. */
function HostField({ host, hostWorkerId, onHost }: { host: string; hostWorkerId: string | null; onHost: (host: string, hostWorkerId: string | null) => void }) {
  const asked = useDeferredValue(host.trim());
  const { data } = useLoad('roster/search', asked.length < 2 || hostWorkerId !== null ? null : { query: asked, limit: 3 });
  const workers = asked.length < 2 || hostWorkerId !== null ? [] : data?.workers ?? [];
  return (
    <div className="stack">
      <Field label={text.host} hint={hostWorkerId ?? text.hostHint} value={host} onChange={(value) => onHost(value, null)} maxLength={100} icon={<IconUserSearch size={22} aria-hidden />} />
      {workers.length > 0 && <div className="quick">{workers.map((w) => <Button key={w.workerId} onPress={() => onHost(w.fullName, w.workerId)}>{w.fullName} · {w.workerId}</Button>)}</div>}
    </div>
  );
}

/** Number or card: looked up at once, shown masked, told to the guard alone. */
function Identity({ known, onIdentified, onClear }: { known: Known | null; onIdentified: (code: string, person: Known, onCard: string | null) => void; onClear: () => void }) {
  const [typed, setTyped] = useState('');
  const [isUnread, setUnread] = useState(false);
  const identify = useRequest('visitors/identify');
  const { waits, wait, end } = useCardWait();
  const look = async (code: string, onCard: string | null = null): Promise<void> => {
    end();
    setUnread(false);
    const person = await identify.call({ text: code });
    if (person === null) return;
    setTyped('');
    onIdentified(code, person, onCard);
  };
  useKioskEvent('visitors/card', ({ as, text: code, fullName }) => {
    if (!waits) return;
    if (as === 'identity') void look(code, fullName);
    else if (as === 'pass') end();
    else setUnread(true);
  });
  if (known !== null) {
    return (
      <div className="stack">
        <Notice tone={known.barred ? 'stopped' : 'passed'} action={<Button onPress={onClear}>{text.other}</Button>}>
          <span className="notice-text digits">{known.barred ? text.isBarred : text.identityDone(known.maskedId)}</span>
          {known.last !== null && <span>{text.known(date(known.last.validFrom))}</span>}
          {known.worker !== null && <span>{text.isWorker(known.worker.workerId)}</span>}
        </Notice>
      </div>
    );
  }
  return (
    <div className="stack">
      <ProblemNotice problem={identify.problem} onRetry={null} />
      {isUnread && waits && <Notice tone="attention"><span className="notice-text">{text.cardUnread}</span></Notice>}
      <div className="row row-bottom">
        <div className="grow"><Field label={text.identity} hint={text.identityHint} value={typed} onChange={setTyped} maxLength={14} inputMode="numeric" /></div>
        <Button busy={identify.busy} isDisabled={typed.replace(/\D/g, '').length !== 12} onPress={() => { void look(typed); }}>{text.identify}</Button>
        <Button icon={<IconQrcode size={22} aria-hidden />} onPress={() => wait((code) => { void look(code); })} aria-pressed={waits}>{waits ? text.scanning : text.scanCard}</Button>
      </div>
    </div>
  );
}

/** A card of the gate's own that the visitor is given in the place of a printed pass. */
function GivenCard({ card, onCard }: { card: string | null; onCard: (card: string | null) => void }) {
  const { waits, wait, end } = useCardWait();
  useKioskEvent('visitors/card', ({ as, text: code }) => {
    if (as === 'pass') onCard(code);
    if (as !== 'unread') end();
  });
  return card === null
    ? <Button icon={<IconId size={22} aria-hidden />} onPress={() => wait()} aria-pressed={waits}>{waits ? text.scanning : text.giveCard}</Button>
    : <Notice tone="passed" action={<Button onPress={() => onCard(null)}>{text.noCard}</Button>}><span className="notice-text digits">{text.cardGiven(maskCardNumber(card))}</span></Notice>;
}

/** Waits for a card at the readers of the service, and for a code at the page's own where `onCode` takes one. */
function useCardWait(): { waits: boolean; wait: (onCode?: (code: string) => void) => void; end: () => void } {
  const [waits, setWaits] = useState(false);
  const release = useRef<(() => void) | null>(null);
  useEffect(() => () => release.current?.(), []);
  const wait = (onCode?: (code: string) => void): void => {
    release.current?.();
    setWaits(true);
    const forget = onCode === undefined ? null : claimNextCode(onCode);
    // Where the service cannot be asked, the page's own readers still wait.
    const awaitCard = (on: boolean): void => void ask('visitors/await', { on }).catch(() => undefined);
    awaitCard(true);
    release.current = () => {
      release.current = null;
      forget?.();
      awaitCard(false);
    };
  };
  const end = (): void => {
    release.current?.();
    setWaits(false);
  };
  return { waits, wait, end };
}
