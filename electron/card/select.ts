import type { Answer, Command } from './apdu.ts';
import type { CardChannel } from './channel.ts';

const wrongParameters = 0x6a86;

/** Channels to cards that were found to want the second form: they are asked by it at once from then on. */
const answering = new WeakSet<CardChannel>();

/**
 * SELECT without answer data, as ICAO 9303-10 clause 3.6 has it; a card that does not know that form is asked for its file
 * control information too (ISO/IEC 7816-4 clause 7.1.1), which is thrown away.
 * @throws ProblemError those of the channel
 */
export async function select(channel: CardChannel, command: Command): Promise<Answer> {
  const asking: Command = { ...command, p2: 0, le: 256 };
  if (answering.has(channel)) return channel.send(asking);
  const answer = await channel.send(command);
  if (answer.sw !== wrongParameters) return answer;
  const second = await channel.send(asking);
  if (second.sw !== wrongParameters) answering.add(channel);
  return second;
}
