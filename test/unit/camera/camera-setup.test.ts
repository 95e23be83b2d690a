import { describe, expect, it } from 'vitest';
import { applyImageSets, imageSets, offerOf } from '../../../renderer/camera/dials.ts';
import { findKnownCamera } from '../../../renderer/camera/known-camera.ts';

const chosen = { deviceId: 'a1', groupId: 'g1', label: 'Camera tài liệu' };

describe('a camera that was chosen before', () => {
  it('is known by its id, whatever its name is now', () => {
    expect(findKnownCamera(chosen, [{ ...chosen, label: '' }, { deviceId: 'x', groupId: 'g1', label: chosen.label }])).toMatchObject({ deviceId: 'a1' });
  });
  it('is known by its name where its id has changed', () => {
    expect(findKnownCamera(chosen, [{ deviceId: 'b2', groupId: 'g9', label: chosen.label }, { deviceId: 'c3', groupId: 'g3', label: 'Webcam' }])).toMatchObject({ deviceId: 'b2' });
  });
  it('is known by its group among two of one name', () => {
    const twins = [{ deviceId: 'b2', groupId: 'g2', label: chosen.label }, { deviceId: 'b1', groupId: 'g1', label: chosen.label }];
    expect(findKnownCamera(chosen, twins)).toMatchObject({ deviceId: 'b1' });
  });
  it('is not guessed among two of one name and other groups', () => {
    const twins = [{ deviceId: 'b2', groupId: 'g2', label: chosen.label }, { deviceId: 'b3', groupId: 'g3', label: chosen.label }];
    expect(findKnownCamera(chosen, twins)).toBeNull();
  });
  it('is gone where only others are plugged in, and without a name', () => {
    expect(findKnownCamera(chosen, [{ deviceId: 'c3', groupId: 'g1', label: 'Webcam' }])).toBeNull();
    expect(findKnownCamera({ ...chosen, label: '' }, [{ deviceId: 'c3', groupId: 'g1', label: '' }])).toBeNull();
  });
});

const webcam = {
  width: { min: 1, max: 2560 }, height: { min: 1, max: 1440 }, facingMode: ['user'],
  focusMode: ['manual', 'continuous'], focusDistance: { min: 0, max: 250, step: 5 },
  exposureMode: ['continuous'], exposureTime: { min: 3, max: 2047, step: 1 },
  brightness: { min: 0, max: 255, step: 0 }, torch: true, zoom: { min: 100, max: 100, step: 1 },
};

describe('what a camera offers', () => {
  it('is its true ranges, those without a hand or without a range left out', () => {
    const offer = offerOf(webcam);
    expect(offer.dials).toEqual([
      { name: 'focusDistance', min: 0, max: 250, step: 5, canBeAutomatic: true },
      { name: 'brightness', min: 0, max: 255, step: 2.55, canBeAutomatic: true },
    ]);
    expect(offer).toMatchObject({ torch: true, continuous: ['focusMode', 'exposureMode'], largest: { width: 2560, height: 1440 }, facesUser: true });
  });
  it.each([[{}], [null], ['x'], [{ focusDistance: { min: 'a', max: Number.NaN }, focusMode: 'manual', width: 3, torch: 'yes', facingMode: {} }]])('is nothing where a driver says %j', (said) => {
    expect(offerOf(said)).toEqual({ dials: [], torch: false, continuous: [], largest: null, facesUser: false });
  });
});

describe('a camera is asked', () => {
  const offer = offerOf(webcam);
  it('to do by itself what nobody set', () => {
    expect(imageSets(offer, { torch: false, dials: {} })).toEqual([{ focusMode: 'continuous' }, { exposureMode: 'continuous' }, { torch: false }]);
  });
  it('for the value that was set, cut to its range, and for nothing that it does not offer', () => {
    expect(imageSets(offer, { torch: true, dials: { focusDistance: 900, zoom: 200, exposureTime: 50 } })).toEqual([
      { exposureMode: 'continuous' }, { focusMode: 'manual', focusDistance: 250 }, { torch: true },
    ]);
  });
  it('all at once, and one by one where the driver refuses any', async () => {
    const asked: unknown[] = [];
    const track = {
      applyConstraints: async ({ advanced }: MediaTrackConstraints) => {
        asked.push(advanced);
        if (advanced?.some((set) => 'torch' in set)) throw new DOMException('', 'OverconstrainedError');
      },
    };
    await applyImageSets(track, [{ focusMode: 'continuous' }, { torch: true }]);
    expect(asked).toEqual([[{ focusMode: 'continuous' }, { torch: true }], [{ focusMode: 'continuous' }], [{ torch: true }]]);
  });
});
