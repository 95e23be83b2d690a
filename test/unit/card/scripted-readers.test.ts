import { describe, expect, it } from 'vitest';
import { readCard } from '../../../electron/card/read-card.ts';
import { isInvented, isReader, type ReaderEvent } from '../../../electron/devices/card-readers.ts';
import { ScriptedReaders } from '../../../electron/devices/pcsc-scripted.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';

const nothing = async (): Promise<void> => undefined;

describe('scripted readers behave as the true ones', () => {
  it('cardThatComesLater_isWaitedForAndRead', async () => {
    const readers = new ScriptedReaders();
    const reading = readers.withCard({ timeoutMs: 10_000 }, (chip) => readCard(chip, { can: '012345' }));
    readers.insert(new VirtualChip(issueCard()));
    expect((await reading).ok).toBe(true);
  });

  it('cardTakenInTheMiddle_isRemoved', async () => {
    const readers = new ScriptedReaders();
    readers.insert(new VirtualChip(issueCard()));
    const reading = await readers.withCard({ timeoutMs: 0 }, (chip) => readCard({
      transmit: (apdu) => {
        if (apdu[1] === 0x86) readers.take();
        return chip.transmit(apdu);
      },
    }, { can: '012345' }));
    expect(reading.problem?.code).toBe('card-removed');
  });

  it('serviceReaderCardMissing_areToldApart', async () => {
    const readers = new ScriptedReaders();
    await expect(readers.withCard({ timeoutMs: 0 }, nothing)).rejects.toMatchObject({ code: 'card-missing' });
    await expect(readers.withCard({ timeoutMs: 0, reader: 'other' }, nothing)).rejects.toMatchObject({ code: 'reader-missing' });
    readers.setService(false);
    await expect(readers.withCard({ timeoutMs: 0 }, nothing)).rejects.toMatchObject({ code: 'reader-service-missing' });
    expect(await readers.probe()).toEqual({ service: false, readers: [] });
  });

  it('closed_waitingEndsCancelled', async () => {
    const readers = new ScriptedReaders();
    const waiting = readers.withCard({ timeoutMs: 60_000 }, nothing);
    readers.close();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('watching_tellsWhatIsThereAndWhatChanges', () => {
    const readers = new ScriptedReaders(['A']);
    const seen: ReaderEvent[] = [];
    const stop = readers.watch((event) => seen.push(event));
    readers.plugIn('B');
    readers.insert(new VirtualChip(issueCard()), 'B');
    readers.unplug('B');
    stop();
    readers.plugIn('C');
    expect(seen).toEqual([
      { type: 'service-found' }, { type: 'reader-added', reader: 'A' }, { type: 'reader-added', reader: 'B' },
      { type: 'card-inserted', reader: 'B' }, { type: 'card-removed', reader: 'B' }, { type: 'reader-removed', reader: 'B' },
    ]);
  });
});

describe('names of readers', () => {
  it.each([['Windows Hello for Business 1', true], ['Microsoft Virtual Smart Card 0', true], ['ACS ACR1252 Reader [PICC] 00 00', false], ['Virtual PCD 00 00', false]])('%s_inventedByTheSystem_%s', (name, invented) => {
    expect(isInvented(name)).toBe(invented);
  });

  it('partOfAName_finds', () => {
    expect([isReader('Virtual PCD 00 01', '00 01'), isReader('Virtual PCD 00 01', 'virtual'), isReader('Virtual PCD 00 01', 'acs'), isReader('x', undefined)])
      .toEqual([true, true, false, true]);
  });
});
