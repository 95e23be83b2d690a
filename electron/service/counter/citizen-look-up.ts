import type { z } from 'zod';
import type { CardReading, ChipPerson, Citizen } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { CitizenPanel } from '../../../shared/contracts/requests/counter.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { compareSources, documentWithoutId } from '../../../shared/domain/citizen-compare.ts';
import { mergeCitizen } from '../../../shared/domain/citizen-panel.ts';
import { missingKey } from '../../../shared/domain/chip-key.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { Purpose } from '../../../shared/domain/purpose.ts';
import { localMoment } from '../../../shared/domain/working-calendar.ts';
import { findCitizen, openDossiersOf, papersOf, searchDossiers } from '../../store/index.ts';
import { failedReading } from '../../card/read-card.ts';
import { cardKeyOf, type CardPort, type CardRead } from '../card/card-port.ts';
import type { ServiceContext } from '../context.ts';
import type { PeopleLookedUp } from './people-looked-up.ts';

const mostFound = 50;

/** What the store differs in, as the officer reads it. */
const differsTexts: Readonly<Record<string, string>> = {
  oldId: 'Số CMND cũ khác với lần trước.', fullName: 'Họ tên khác với lần trước.', birthDate: 'Ngày sinh khác với lần trước.',
  sex: 'Giới tính khác với lần trước.', residence: 'Nơi cư trú khác với lần trước.',
};

export interface CitizenLookUp {
  fromQr(input: Input<'citizen/from-qr'>): Output<'citizen/from-qr'>;
  fromCard(input: Input<'citizen/from-card'>): Promise<Output<'citizen/from-card'>>;
  search(input: Input<'citizen/search'>): Output<'citizen/search'>;
}

/** Finding out who stands at the counter: each way is bound to a purpose, counted and written down. */
export function createCitizenLookUp(context: ServiceContext, people: PeopleLookedUp, card: CardPort): CitizenLookUp {
  const { store } = context;

  const panel = (sources: { chip: CardReading | null; qr: Citizen | null }, warnings: readonly string[], by: 'qr' | 'card', purpose: Purpose): z.infer<typeof CitizenPanel> => {
    const personalId = sources.chip?.person?.personalId ?? sources.qr?.personalId ?? null;
    const document = personalId === null ? documentWithoutId(sources.chip) : null;
    // Whoever has no personal number is counted by the number of the passport.
    const subject = personalId ?? document?.number;
    if (subject === undefined) throw new ProblemError('identity-missing');
    const { userId } = context.requireUser();
    people.admit(userId, subject, context.settings().lookUpsPerHour);
    const known = personalId === null ? null : findCitizen(store, personalId);
    const { fields, differences, storeDiffers } = mergeCitizen({ ...sources, stored: known?.fields ?? null });
    const held = known === null ? [] : papersOf(store, known.citizenNo);
    const openDossiers = known === null ? [] : openDossiersOf(store, known.citizenNo);
    store.transaction(() => people.record({ actor: userId, purpose, by, subject, found: held.length + openDossiers.length }));
    people.keep(fields);
    context.nudgeSync();
    const comparison = compareSources(sources, localMoment(store.clock.now()).date);
    const warned = new Set([...warnings, ...storeDiffers.map((name) => differsTexts[name] ?? name)]);
    return { fields, differences, comparison, document, held, openDossiers, warnings: [...warned] };
  };

  /** Without a key a card can still be told from a bank card. */
  const look = async (): Promise<CardRead> => {
    const kind = await card.look();
    const isOther = kind !== 'identity';
    return { reading: failedReading(new ProblemError(isOther ? 'card-not-identity' : 'card-key-needed')), face: null, otherKind: isOther ? kind : null };
  };

  return {
    fromQr: ({ text, purpose, asciiOnly }) => {
      const { citizen, warnings, problem } = parseIdentityQr(text, { asciiOnly });
      if (citizen === null) throw new ProblemError(problem?.code ?? 'qr-not-identity');
      return panel({ chip: null, qr: citizen }, warnings, 'qr', purpose);
    },
    fromCard: async ({ purpose, asciiOnly, ...opening }) => {
      // The digits that open the chip survive where the letters lost their marks; then only the letters are not compared.
      const key = cardKeyOf(opening);
      const qr = opening.qrText === null ? null : parseIdentityQr(opening.qrText, { asciiOnly });
      const lostMarks = qr?.problem?.code === 'qr-garbled' ? [qr.problem.vi] : [];
      const { userId } = context.requireUser();
      const { reading, face, otherKind } = key === null ? await look() : await card.read(key);
      const code = reading.problem?.code ?? '';
      if (code === 'card-key-wrong') context.readerDesk.countWrongKey();
      const wrongKeys = context.readerDesk.wrongKeys();
      // A read that failed is told and done again, whatever came before the fault: half of a card is nobody's identity.
      if (reading.person === null || !reading.ok) {
        // A QR with the year of birth alone leaves more open than the date of expiry.
        const digits = opening.qrText === null ? null : parseIdentityQr(opening.qrText).citizen;
        const missing = missingKey({ qr: digits?.birthDate.length === 10, can: opening.can !== null, document: opening.document !== null, mrz: typeof opening.mrz === 'string' }, code, wrongKeys);
        return { reading: { ...reading, person: null, document: null }, panel: null, faceId: null, missing, wrongKeys, otherKind };
      }
      const shown = panel({ chip: reading, qr: qr?.citizen ?? null }, [...lostMarks, ...qr?.warnings ?? [], ...reading.warnings], 'card', purpose);
      const faceId = face === null ? null : context.faces.keep(face, userId);
      return { reading: forPage(reading, reading.person), panel: shown, faceId, missing: null, wrongKeys, otherKind };
    },
    search: ({ query, purpose }) => {
      const { userId } = context.requireUser();
      const perHour = context.settings().lookUpsPerHour;
      people.admit(userId, query, perHour);
      const dossiers = searchDossiers(store, query, mostFound);
      store.transaction(() => people.record({ actor: userId, purpose, by: 'search', subject: query, found: dossiers.length }));
      context.nudgeSync();
      return { dossiers, remaining: people.left(userId, perHour) };
    },
  };
}

/** Only what the counter works with crosses to its page: the panel tells the rest, with the source of each value. */
function forPage(reading: CardReading, { personalId, fullName, birthDate, sex, residence, issuedOn, expiresOn, oldId }: ChipPerson): CardReading {
  const nothing = { nationality: null, ethnicity: null, religion: null, origin: null, features: null, father: null, mother: null, spouses: [] };
  return { ...reading, person: { ...nothing, personalId, fullName, birthDate, sex, residence, issuedOn, expiresOn, oldId } };
}
