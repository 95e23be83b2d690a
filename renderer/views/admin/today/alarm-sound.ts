let context: AudioContext | null = null;

/** Two short notes, for the guard's own desk; nothing where the machine has no sound. */
export function playAlarm(): void {
  context ??= new AudioContext();
  const start = context.currentTime;
  for (const [at, pitch] of [[0, 880], [0.22, 660]] as const) {
    const tone = context.createOscillator();
    const level = context.createGain();
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.25, start + at);
    level.gain.exponentialRampToValueAtTime(0.001, start + at + 0.2);
    tone.connect(level).connect(context.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.22);
  }
}
