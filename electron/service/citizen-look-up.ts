import type { z } from 'zod';
import type { CardReading, Citizen } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { CitizenPanel } from '../../shared/contracts/requests/counter.ts';
import type { Input, Output } from '../../shared/contracts/requests/index.ts';
import { mergeCitizen } from '../../shared/domain/citizen-panel.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import type { Purpose } from '../../shared/domain/purpose.ts';
import { findCitizen, openDossiersOf, papersOf, searchDossiers } from '../store/index.ts';
import { cardKeyOf, type CardPort } from './card-port.ts';
import type { ServiceContext } from './context.ts';
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
    const personalId = sources.chip?.person?.personalId ?? sources.qr?.personalId;
    if (personalId === undefined) throw new ProblemError('identity-missing');
    const { userId } = context.requireUser();
    people.admit(userId, personalId, context.settings().lookUpsPerHour);
    const known = findCitizen(store, personalId);
    const { fields, differences, storeDiffers } = mergeCitizen({ ...sources, stored: known?.fields ?? null });
    const held = known === null ? [] : papersOf(store, known.citizenNo);
    const openDossiers = known === null ? [] : openDossiersOf(store, known.citizenNo);
    store.transaction(() => people.record({ actor: userId, purpose, by, subject: personalId, found: held.length + openDossiers.length }));
    people.keep(fields);
    context.nudgeSync();
    return { fields, differences, held, openDossiers, warnings: [...new Set([...warnings, ...storeDiffers.map((name) => differsTexts[name] ?? name)])] };
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
      const reading = await card.read(key);
      if (reading.person === null) return { reading, panel: null };
      return { reading, panel: panel({ chip: reading, qr: qr?.citizen ?? null }, [...lostMarks, ...qr?.warnings ?? [], ...reading.warnings], 'card', purpose) };
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
