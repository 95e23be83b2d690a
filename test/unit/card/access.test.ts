import { describe, expect, it } from 'vitest';
import { readCard } from '../../../electron/card/read-card.ts';
import { scriptedCard } from '../../fixtures/card/scripted-card.ts';

const selectMf = ['select the master file: not known on Vietnamese cards', '00A4000C023F00', '6D00'] as const;
const selectCardAccess = (answer: string) => ['select EF.CardAccess', '00A4020C02011C', answer] as const;
const selectApplication = (answer: string) => ['select the eMRTD application', '00A4040C07A0000002471001', answer] as const;
const byShortId = ['read EF.CardAccess by short identifier', '00B09C0000', '6A82'] as const;
const mrz = 'IDVNM0900123450001090012345<<19009176M3009174VNM<<<<<<<<<<<2NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<';

describe('the order of tries', () => {
  it('cardWithoutCardAccess_isAskedEverywhereThenOpenedByBac', async () => {
    const card = scriptedCard([
      selectMf, selectCardAccess('6A82'), byShortId, selectApplication('9000'), selectCardAccess('6A82'), byShortId,
      selectApplication('9000'), ['get challenge', '0084000008', '6D00'],
    ]);
    expect((await readCard(card, { mrz })).problem).toMatchObject({ code: 'card-protocol', detail: 'bac challenge 6D00' });
    expect([card.unexpected, card.left]).toEqual([[], []]);
  });

  it('cardWithoutApplication_isNoIdentityCard', async () => {
    const card = scriptedCard([selectMf, selectCardAccess('6A82'), byShortId, selectApplication('6A82'), selectCardAccess('6A82'), byShortId, selectApplication('6A82')]);
    expect((await readCard(card, { mrz })).problem?.code).toBe('card-not-identity');
    expect([card.unexpected, card.left]).toEqual([[], []]);
  });

  it('twoOffersOfOneProtocol_theParameterIsNamedAndTheSecondIsTried', async () => {
    const info = (id: string): string => `3012060A04007F000702020402020201020201${id}`;
    const card = scriptedCard([
      selectMf, selectCardAccess('9000'), ['read it', '00B0000000', `3128${info('0D')}${info('0C')}9000`],
      ['set the authentication template', '0022C1A412800A04007F0007020204020283010284010D', '6A80'],
      ['the other offer', '0022C1A412800A04007F0007020204020283010284010C', '6A80'],
      selectApplication('9000'),
    ]);
    expect((await readCard(card, { can: '012345' })).problem?.code).toBe('card-key-needed');
    expect([card.unexpected, card.left]).toEqual([[], []]);
  });

  it('cardThatWantsItsParametersNamed_isToldThem', async () => {
    const card = scriptedCard([
      selectMf, selectCardAccess('9000'), ['read it', '00B0000000', '31143012060A04007F0007020204020202010202010D9000'],
      ['set the authentication template', '0022C1A40F800A04007F00070202040202830102', '6A80'],
      ['with the parameters', '0022C1A412800A04007F0007020204020283010284010D', '9000'],
      ['get the nonce', '10860000027C0000', '6982'],
      selectApplication('9000'),
    ]);
    expect((await readCard(card, { can: '012345' })).problem?.code).toBe('card-key-needed');
    expect([card.unexpected, card.left]).toEqual([[], []]);
  });

  it('onlyUnknownWaysOfPace_bacIsUsed', async () => {
    const integratedMapping = '3012060A04007F00070202040402020102020102';
    const card = scriptedCard([
      selectMf, selectCardAccess('9000'), ['read it', '00B0000000', `3114${integratedMapping}9000`],
      selectApplication('9000'), ['get challenge', '0084000008', '1122334455667788' + '9000'],
    ]);
    await readCard(card, { mrz });
    expect(card.unexpected).toHaveLength(1);
    expect(card.unexpected[0]).toMatch(/^0082000028/);
  });
});
