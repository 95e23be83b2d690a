import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';

/** Frames of Modbus RTU end with this sum over all bytes before it (Modbus over serial line 1.02 section 6.2.2). */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** No answer is longer. */
const longest = 256;

/**
 * RTU frames on an open line, a serial one or TCP to a converter, as the port that modbus-serial works with. Its own ports
 * keep the rest of a half answer, which then spoils the next one: this one forgets it with each question, and takes a
 * frame only when its sum is right.
 */
export class RtuPort extends EventEmitter {
  readonly #line: Duplex;
  #answer: Buffer = Buffer.alloc(0);
  #unit = 0;
  #code = 0;
  #length = 0;

  constructor(line: Duplex) {
    super();
    this.#line = line;
    line.on('data', (bytes: Buffer) => this.#take(bytes));
    line.once('close', () => this.emit('close'));
  }

  get isOpen(): boolean {
    return !this.#line.destroyed;
  }

  open(done: () => void): void {
    done();
  }

  close(done: () => void): void {
    done();
  }

  write(frame: Buffer): void {
    this.#answer = Buffer.alloc(0);
    [this.#unit, this.#code] = [frame[0]!, frame[1]!];
    this.#length = this.#code <= 2 ? 5 + Math.ceil(frame.readUInt16BE(4) / 8) : 8;
    this.#line.write(frame);
  }

  #take(bytes: Buffer): void {
    this.#answer = Buffer.concat([this.#answer, bytes]).subarray(-longest);
    for (let from = 0; from + 5 <= this.#answer.length; from++) {
      if (this.#answer[from] !== this.#unit) continue;
      const length = this.#answer[from + 1] === (this.#code | 0x80) ? 5 : this.#answer[from + 1] === this.#code ? this.#length : 0;
      const frame = this.#answer.subarray(from, from + length);
      if (length === 0 || frame.length < length || crc16(frame.subarray(0, -2)) !== frame.readUInt16LE(length - 2)) continue;
      this.#answer = Buffer.alloc(0);
      this.emit('data', frame);
      return;
    }
  }
}
