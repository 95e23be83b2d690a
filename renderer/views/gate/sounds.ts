import type { Sound } from './answer-kind.ts';

interface Note { hertz: number; at: number; seconds: number; shape: OscillatorType }

// Told apart with closed eyes: rising pair, two even beats, one low falling tone.
const tunes: Record<Sound, readonly Note[]> = {
  passed: [{ hertz: 784, at: 0, seconds: 0.1, shape: 'sine' }, { hertz: 1175, at: 0.1, seconds: 0.18, shape: 'sine' }],
  attention: [{ hertz: 587, at: 0, seconds: 0.14, shape: 'triangle' }, { hertz: 587, at: 0.22, seconds: 0.14, shape: 'triangle' }],
  stopped: [{ hertz: 311, at: 0, seconds: 0.2, shape: 'square' }, { hertz: 207, at: 0.2, seconds: 0.4, shape: 'square' }],
};
const loudness: Record<OscillatorType, number> = { sine: 0.5, triangle: 0.5, square: 0.16, sawtooth: 0.16, custom: 0.3 };

let context: AudioContext | null = null;

/** Opens the way to the loudspeaker beforehand: doing it at the first scan would hold up its answer. */
export function prepareSound(): void {
  context ??= new AudioContext();
}

/** Plays the sound of an answer; a second one starts over the first, as the next person already stands there. */
export function playSound(sound: Sound): void {
  prepareSound();
  const audio = context;
  if (audio === null) return;
  if (audio.state === 'suspended') void audio.resume();
  for (const note of tunes[sound]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + note.at;
    const end = start + note.seconds;
    tone.type = note.shape;
    tone.frequency.value = note.hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(loudness[note.shape], start + 0.01);
    volume.gain.setValueAtTime(loudness[note.shape], end - 0.03);
    volume.gain.linearRampToValueAtTime(0, end);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(end);
  }
}
