import { describe, expect, it } from 'vitest';
import { requests } from '../../shared/contracts/requests/index.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const nothing = { purpose: 'intake', qrText: null, can: null, document: null };
const printed = { number: '090012345', birthDate: '1990-09-17', expiryDate: '2030-09-17' };
const faceId = '7f0c6a52-3d0e-4c6b-9a55-6f0f3a3f0001';

/** Messages that both sides must accept, and ones that both must refuse: card readers, chips and faces. */
const examples: Examples = {
  'reader/state': { pass: [{}], refuse: [null] },
  'reader/choose': { pass: [{ name: null }, { name: 'ACS ACR39U ICC Reader 00 00' }], refuse: [{}, { name: 5 }, { name: 'x'.repeat(201) }] },
  'reader/test': { pass: [{}], refuse: [null] },
  'card/face': { pass: [{ faceId }], refuse: [{}, { faceId: 'last' }, { faceId: null }] },
  'card/face-drop': { pass: [{ faceId }, { faceId: null }], refuse: [{}, { faceId: 'all' }] },
  'card/cancel': { pass: [{}], refuse: [null] },
  'citizen/from-card': {
    pass: [
      nothing, { ...nothing, can: '012345' }, { ...nothing, document: printed }, { ...nothing, document: { ...printed, expiryDate: 'no-expiry' } },
      { ...nothing, mrz: 'I<UTO'.padEnd(90, '<') }, { ...nothing, mrz: null, qrText: '001090012345||x', asciiOnly: true },
    ],
    refuse: [
      {}, { ...nothing, purpose: 'spot-check' }, { ...nothing, can: '12345' }, { ...nothing, document: { ...printed, expiryDate: '17/09/2030' } },
      { ...nothing, document: { ...printed, number: '1' } }, { ...nothing, mrz: 'x'.repeat(201) }, { ...nothing, qrText: 'x'.repeat(4001) },
    ],
  },
};

describe('the form of requests about readers and cards', () => {
  it('every one has examples', () => {
    const wanted = Object.keys(requests).filter((name) => /^(reader|card)\//.test(name) || name === 'citizen/from-card');
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
  });
  itTakesWhatItMust(examples);
});
