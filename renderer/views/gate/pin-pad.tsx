import { useEffect, useEffectEvent, useState } from 'react';
import { IconBackspace, IconX } from '@tabler/icons-react';
import type { GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { useRequest } from '../../kiosk.ts';
import { people } from '../../texts/people.ts';
import './pin-pad.css';

const text = people.pad;
const digitKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const letterKeys = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ-'];
const longestCode = 40;
const longestPin = 8;
/** Whoever walked away leaves nothing behind. */
const idleMs = 30_000;

export interface GatePinPadProps {
  /** The lane at which the pad stands; null: the first one. */
  lane: string | null;
  /** The answer to who passes by PIN, to be shown like any other; a wrong PIN is told here and never comes out. */
  onAnswer: (answer: GateAnswer) => void;
  onClose: () => void;
}

/** Code and PIN on keys for gloves, for whoever has no card at hand. The PIN is never shown. */
export function GatePinPad({ lane, onAnswer, onClose }: GatePinPadProps) {
  const [step, setStep] = useState<'code' | 'pin'>('code');
  const [code, setCode] = useState('');
  const [pin, setPin] = useState('');
  const [letters, setLetters] = useState(false);
  const request = useRequest('gate/pin');
  const leave = useEffectEvent(onClose);
  useEffect(() => {
    const timer = setTimeout(() => leave(), idleMs);
    return () => clearTimeout(timer);
  }, [code, pin, step, letters, request.state]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => { if (event.key === 'Escape') leave(); };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const isCode = step === 'code';
  const typed = isCode ? code : pin;
  const put = (value: string): void => {
    request.clear();
    if (isCode) setCode(value.slice(0, longestCode));
    else setPin(value.slice(0, longestPin));
  };
  const go = async (): Promise<void> => {
    if (isCode) {
      setLetters(false);
      setStep('pin');
      return;
    }
    const answer = await request.call({ workerId: code, pin, lane });
    setPin('');
    if (answer === null || answer.problem?.code === 'pin-wrong') return;
    onAnswer(answer);
    onClose();
  };
  const keys = isCode && letters ? letterKeys : digitKeys;
  const wrong = request.output?.problem?.code === 'pin-wrong' ? request.output.problem : null;
  return (
    <section className="gate-pin" aria-label={text.title}>
      <header className="row row-apart">
        <h2>{isCode ? text.codeHint : text.pinHint}</h2>
        <Button size="large" icon={<IconX size={26} aria-hidden />} onPress={onClose}>{text.close}</Button>
      </header>
      <output className="gate-pin-typed digits" aria-label={isCode ? text.code : text.pin}>{isCode ? code : '●'.repeat(pin.length)}</output>
      <ProblemNotice problem={request.problem} />
      {wrong !== null && request.problem === null && pin === '' && <p className="gate-pin-wrong" role="alert">{wrong.vi}</p>}
      <fieldset className="gate-pin-keys" data-letters={(isCode && letters) || undefined} aria-label={text.space}>
        {keys.map((key) => <Button key={key} isDisabled={request.busy} onPress={() => put(typed + key)}>{key}</Button>)}
      </fieldset>
      <div className="gate-pin-foot">
        {isCode && <Button size="large" aria-pressed={letters} onPress={() => setLetters(!letters)}>{letters ? text.digits : text.letters}</Button>}
        {!isCode && <Button size="large" isDisabled={request.busy} onPress={() => { request.clear(); setPin(''); setStep('code'); }}>{text.back}</Button>}
        <Button size="large" aria-label={text.erase} isDisabled={typed === ''} icon={<IconBackspace size={44} aria-hidden />} onPress={() => put(typed.slice(0, -1))} />
        <Button kind="primary" size="large" busy={request.busy} isDisabled={typed === '' || (!isCode && pin.length < 4)} onPress={() => { void go(); }}>{isCode ? text.next : text.go}</Button>
      </div>
    </section>
  );
}
