import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../electron/card/bytes.ts';
import { CardChannel } from '../../../electron/card/channel.ts';

const read = { cla: 0, ins: 0xb0, p1: 0x81, p2: 0, le: 223 };
/** DO'99' and DO'8E', the latter not by the keys of the session. */
const protectedRefusal = `99026CA08E08${'11'.repeat(8)}`;

/** A channel to a card that always gives the answer, with what was sent. */
function channelTo(answer: string): { channel: CardChannel; sent: string[] } {
  const sent: string[] = [];
  const channel = new CardChannel({ transmit: async (apdu) => {
    sent.push(toHex(apdu));
    return fromHex(answer);
  } });
  return { channel, sent };
}

describe('a card that names the right length', () => {
  it('bare_theSameCommandIsSentWithIt', async () => {
    const { channel, sent } = channelTo('6CA0');
    expect((await channel.send(read)).sw).toBe(0x6ca0);
    expect(sent).toEqual(['00B08100DF', '00B08100A0']);
  });

  it('underProtection_theCommandIsNotSentAgain', async () => {
    const { channel, sent } = channelTo(`${protectedRefusal}6CA0`);
    channel.protect({ suite: 'aes-128', encryption: new Uint8Array(16), mac: new Uint8Array(16), counter: 0n });
    await expect(channel.send(read)).rejects.toMatchObject({ code: 'card-channel-broken', detail: 'mac' });
    expect(sent).toHaveLength(1);
  });
});
