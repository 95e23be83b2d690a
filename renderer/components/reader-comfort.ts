import type { Problem } from '../../shared/contracts/problems.ts';
import type { CardKind, ReadersNow, ReaderShape } from '../../shared/contracts/requests/reader.ts';
import { readerTexts as texts } from '../texts/reader.ts';
import type { Tone } from './tone.tsx';

/** What a picture shows: a reader, a card, a hand, and what to do with them. */
export type ReaderPictureName =
  | 'service' | 'plug' | 'lay' | 'insert' | 'hold' | 'hold-insert' | 'moved' | 'turn' | 'mute' | 'bank' | 'storage' | 'other' | 'choose' | 'busy' | 'blocked' | 'slow'
  | 'card-number' | 'card-expiry' | 'card-mrz' | 'card-qr';

export interface ReaderMoment {
  readers: ReadersNow;
  busy: boolean;
  progress: { bytes: number; of: number | null } | null;
  problem: Problem | null;
  otherKind: CardKind | null;
}

/** One picture, what is the matter, and one sentence that says what to do. */
export interface Comfort {
  picture: ReaderPictureName;
  tone: Tone;
  title: string;
  hint: string;
  /** The one thing to press; null where the screen goes on by itself. */
  action: 'read' | 'again' | 'choose' | 'cancel' | null;
}

/** The shape of the reader that is read, or of the one that could be. */
export function shapeOf({ inUse, readers }: ReadersNow): ReaderShape {
  const used = readers.find(({ name }) => name === inUse);
  if (used !== undefined) return used.shape;
  const shapes = new Set(readers.filter(({ kind }) => kind === 'reader').map(({ shape }) => shape));
  const [only] = shapes;
  return shapes.size === 1 && only !== undefined ? only : 'unknown';
}

type Say = Omit<Comfort, 'action'> & { action?: Comfort['action'] };
const say = ({ action = null, ...rest }: Say): Comfort => ({ ...rest, action });

const gone: ReadonlySet<string> = new Set(['card-removed', 'card-missing']);

/** What the person before the reader is to do now. Null where a problem is none of the reader's: the screen tells it otherwise. */
export function readerComfort({ readers, busy, progress, problem, otherKind }: ReaderMoment): Comfort | null {
  const shape = shapeOf(readers);
  const isSlot = shape === 'contact';
  const hold: ReaderPictureName = isSlot ? 'hold-insert' : 'hold';
  const told = problem === null || busy ? 'none' : ofProblem(problem, shape, otherKind);
  if (told === null) return null;
  if (readers.state === 'service-missing') return say({ picture: 'service', tone: 'stopped', ...texts.serviceMissing });
  if (readers.state === 'reader-missing') return say({ picture: 'plug', tone: 'attention', ...texts.readerMissing });
  if (readers.state === 'chosen-missing') {
    return say({ picture: 'plug', tone: 'attention', title: texts.chosenMissing.title, hint: texts.chosenMissing.hint(readers.chosen ?? ''), action: 'choose' });
  }
  if (busy) {
    if (progress !== null) return say({ picture: hold, tone: 'information', ...(progress.of === null ? texts.reading : texts.readFace), action: 'cancel' });
    if (readers.state === 'card') return say({ picture: hold, tone: 'information', ...texts.opening, action: 'cancel' });
  }
  // What was wrong with a card is over when it is gone; only that it went is still to be said.
  const isOver = readers.state === 'empty' && problem !== null && !gone.has(problem.code) && problem.code.startsWith('card-');
  if (told !== 'none' && !isOver) return told;
  if (readers.state === 'choose') return say({ picture: 'choose', tone: 'attention', ...texts.choose, action: 'choose' });
  if (readers.state === 'card') return say({ picture: hold, tone: 'information', ...texts.there, action: 'read' });
  return say({
    picture: isSlot ? 'insert' : 'lay', tone: 'information', title: isSlot ? texts.place.insert : texts.place.title,
    hint: texts.place.hint[shape], action: busy ? 'cancel' : null,
  });
}

/** `none`: the problem is over by what the reader shows, or no word is needed for it. */
function ofProblem({ code }: Problem, shape: ReaderShape, otherKind: CardKind | null): Comfort | 'none' | null {
  switch (code) {
    case 'cancelled': case 'reader-service-missing': case 'reader-missing': case 'card-key-needed': case 'card-key-wrong': return 'none';
    case 'card-removed': return say({ picture: 'moved', tone: 'attention', ...texts.removed });
    case 'card-missing': return say({ picture: shape === 'contact' ? 'insert' : 'lay', tone: 'attention', ...texts.absent });
    case 'card-mute': return say({ picture: shape === 'contact' ? 'turn' : 'mute', tone: 'attention', title: texts.mute.title, hint: texts.mute.hint[shape], action: 'again' });
    case 'card-timeout': return say({ picture: 'slow', tone: 'attention', ...texts.slow, action: 'again' });
    case 'reader-in-use': return say({ picture: 'busy', tone: 'attention', ...texts.inUse, action: 'again' });
    case 'card-blocked': return say({ picture: 'blocked', tone: 'stopped', ...texts.blocked });
    case 'card-protocol': case 'card-channel-broken': return say({ picture: 'mute', tone: 'attention', ...texts.faulty, action: 'again' });
    case 'card-file-missing': case 'card-file-invalid': return say({ picture: 'other', tone: 'stopped', ...texts.damaged });
    case 'card-not-identity': {
      const kind = otherKind ?? 'unknown';
      return say({ picture: kind === 'bank' || kind === 'storage' ? kind : 'other', tone: 'stopped', title: texts.other.title[kind], hint: texts.other.hint });
    }
    default: return null;
  }
}
