import type { ReactNode } from 'react';
import type { ReaderPictureName } from './reader-comfort.ts';
import '../look/reader.css';

const pictures: Record<ReaderPictureName, () => ReactNode> = {
  service: () => <><Pad /><Gear x={120} y={52} /><Badge x={158} y={74} sign="stop" /></>,
  plug: () => <><g transform="translate(64 40) scale(.74)"><Pad /></g><path className="rp-line" d="M128 134 C96 136 128 66 96 66" /><Plug x={74} y={66} /><Tower /><Arrow d="M104 26 H62" /></>,
  lay: () => <><Pad /><Waves /><g transform="translate(0 -8)"><Card x={70} y={14} /></g><Arrow d="M198 26 V84" /></>,
  insert: () => <><Slot /><g transform="translate(0 -6)"><Card x={70} y={8} chip="below" /></g><Arrow d="M198 22 V78" /></>,
  hold: () => <><Pad /><Lying /><Hand x={146} y={82} /><g transform="translate(-6 -12)"><Waves /></g></>,
  'hold-insert': () => <><Slot /><g transform="translate(0 26)"><Card x={70} y={8} chip="below" /></g><SlotFront /><Hand x={150} y={40} /></>,
  moved: () => <><Pad /><g transform="rotate(-14 120 50)"><Card x={70} y={18} /></g><Arrow d="M60 96 C44 84 42 62 54 44" tone="stopped" /><Badge x={182} y={34} sign="stop" /></>,
  turn: () => <><Slot /><g transform="translate(0 -6)"><Card x={70} y={8} chip="below" /></g><Arrow d="M50 66 C30 40 48 8 84 6" /><Arrow d="M192 20 C210 44 196 72 168 78" /></>,
  mute: () => <><Pad /><Lying /><Badge x={120} y={40} sign="question" /></>,
  bank: () => <><Pad /><g transform="translate(0 -6)"><BankCard /></g><Badge x={176} y={30} sign="cross" /></>,
  storage: () => <><Pad /><g transform="translate(0 -6)"><BusCard /></g><Badge x={176} y={30} sign="cross" /></>,
  other: () => <><Pad /><g transform="translate(0 -6)"><PlainCard /></g><Badge x={176} y={30} sign="cross" /></>,
  choose: () => <><g transform="translate(-30 34) scale(.74)"><Pad /><Lying /></g><g transform="translate(94 34) scale(.74)"><Pad /><Lying /></g><Badge x={120} y={56} sign="question" /></>,
  busy: () => <><Pad /><Lying /><Window /></>,
  blocked: () => <><Pad /><g transform="translate(0 -6)"><Card x={70} y={14} /></g><Lock x={160} y={26} /></>,
  slow: () => <><Pad /><Lying /><Clock x={120} y={34} /></>,
  'card-number': () => <><Front /><Mark x={121} y={62} width={42} height={16} /></>,
  'card-expiry': () => <><Front /><Mark x={30} y={110} width={48} height={14} /></>,
  'card-mrz': () => <><Back /><Mark x={26} y={88} width={188} height={46} /></>,
  'card-qr': () => <><Front /><Mark x={176} y={22} width={40} height={38} /></>,
};

/** A drawing without words: what it means stands beside it as a sentence. Its colours are those of the theme. */
export function ReaderPicture({ name, large = false }: { name: ReaderPictureName; large?: boolean }) {
  return (
    <svg className="reader-picture" data-picture={name} data-large={large || undefined} viewBox="0 0 240 160" aria-hidden focusable="false">
      {pictures[name]()}
    </svg>
  );
}

interface At { x: number; y: number }

/** A reader on which a card is laid. */
function Pad() {
  return (
    <>
      <path className="rp-body" d="M58 112 h124 l16 24 a6 6 0 0 1 -5 9 h-146 a6 6 0 0 1 -5 -9 Z" />
      <path className="rp-edge" d="M42 140 h156" />
      <path className="rp-soft" d="M108 128 a17 8 0 0 1 24 0 M100 122 a28 12 0 0 1 40 0" />
    </>
  );
}

/** A reader with a slot for contacts. */
function Slot() {
  return <><path className="rp-body" d="M48 106 h144 a8 8 0 0 1 8 8 v28 a8 8 0 0 1 -8 8 h-144 a8 8 0 0 1 -8 -8 v-28 a8 8 0 0 1 8 -8 Z" /><path className="rp-slot" d="M64 112 h112" /><circle className="rp-lamp" cx={182} cy={134} r={4} /></>;
}

/** The front of the slot again, over a card that is inside. */
function SlotFront() {
  return <><path className="rp-body" d="M40 114 h160 v28 a8 8 0 0 1 -8 8 h-144 a8 8 0 0 1 -8 -8 Z" /><circle className="rp-lamp" cx={182} cy={134} r={4} /></>;
}

/** An identity card with face, lines and chip; upright cards for a slot have the chip below. */
function Card({ x, y, chip = 'side' }: At & { chip?: 'side' | 'below' }) {
  if (chip === 'below') {
    return (
      <g transform={`translate(${x} ${y})`}>
        <rect className="rp-card" x={18} width={64} height={96} rx={7} />
        <path className="rp-soft" d="M30 20 h40 M30 30 h28 M30 40 h34" />
        <rect className="rp-chip" x={40} y={66} width={20} height={17} rx={3} /><path className="rp-chip-line" d="M40 74 h20 M50 66 v17" />
      </g>
    );
  }
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className="rp-card" width={100} height={64} rx={7} />
      <rect className="rp-photo" x={10} y={16} width={24} height={32} rx={3} />
      <circle className="rp-figure" cx={22} cy={27} r={5} /><path className="rp-figure" d="M13 46 a9 11 0 0 1 18 0 Z" />
      <path className="rp-soft" d="M42 22 h28 M42 32 h22 M42 42 h26" />
      <rect className="rp-chip" x={74} y={26} width={17} height={15} rx={3} /><path className="rp-chip-line" d="M74 33 h17 M82 26 v15" />
    </g>
  );
}

/** The card as it lies on the reader, seen from the front. */
function Lying() {
  return (
    <>
      <path className="rp-card" d="M78 100 h84 a4 4 0 0 1 4 3 l8 22 a4 4 0 0 1 -4 5 h-100 a4 4 0 0 1 -4 -5 l8 -22 a4 4 0 0 1 4 -3 Z" />
      <path className="rp-photo" d="M86 106 h20 l-4 18 h-22 Z" /><path className="rp-soft" d="M116 108 h24 M114 115 h20 M113 122 h25" />
      <path className="rp-chip" d="M148 108 h12 l4 12 h-14 Z" />
    </>
  );
}

function BankCard() {
  return (
    <g transform="translate(70 14)">
      <rect className="rp-other-card" width={100} height={64} rx={7} />
      <rect className="rp-chip" x={12} y={22} width={17} height={14} rx={3} /><path className="rp-chip-line" d="M12 29 h17 M20 22 v14" />
      <path className="rp-soft" d="M12 48 h14 M31 48 h14 M50 48 h14" />
      <circle className="rp-ring" cx={74} cy={50} r={7} /><circle className="rp-ring" cx={84} cy={50} r={7} />
    </g>
  );
}

function BusCard() {
  return (
    <g transform="translate(70 14)">
      <rect className="rp-other-card" width={100} height={64} rx={7} />
      <rect className="rp-outline" x={26} y={16} width={48} height={28} rx={6} /><path className="rp-outline-thin" d="M26 32 h48 M42 16 v16 M58 16 v16" />
      <circle className="rp-wheel" cx={37} cy={46} r={5} /><circle className="rp-wheel" cx={63} cy={46} r={5} />
    </g>
  );
}

function PlainCard() {
  return <g transform="translate(70 14)"><rect className="rp-other-card" width={100} height={64} rx={7} /><path className="rp-soft" d="M16 24 h44 M16 36 h30" /></g>;
}

/** The front of an identity card, large. */
function Front() {
  return (
    <>
      <rect className="rp-card" x={20} y={14} width={200} height={126} rx={10} />
      <circle className="rp-emblem" cx={42} cy={32} r={9} />
      <path className="rp-soft" d="M62 28 h62 M62 38 h44" />
      <rect className="rp-photo" x={32} y={52} width={42} height={54} rx={4} />
      <circle className="rp-figure" cx={53} cy={71} r={9} /><path className="rp-figure" d="M37 104 a16 19 0 0 1 32 0 Z" />
      <path className="rp-digits" d="M86 70 h72" />
      <path className="rp-soft" d="M86 90 h88 M86 104 h58 M86 118 h104 M86 130 h70" /><path className="rp-digits-small" d="M34 117 h40" />
      <QrSign x={182} y={27} />
    </>
  );
}

/** The back of an identity card, large: chip and machine readable lines. */
function Back() {
  return (
    <>
      <rect className="rp-card" x={20} y={14} width={200} height={126} rx={10} />
      <rect className="rp-chip" x={38} y={32} width={34} height={28} rx={5} /><path className="rp-chip-line" d="M38 46 h34 M55 32 v28" />
      <path className="rp-soft" d="M90 36 h72 M90 48 h104 M90 60 h56 M38 76 h60" />
      <path className="rp-digits-mrz" d="M34 99 h172 M34 111 h172 M34 123 h172" />
    </>
  );
}

function QrSign({ x, y }: At) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path className="rp-qr" d="M0 0 h9 v9 h-9 Z M19 0 h9 v9 h-9 Z M0 19 h9 v9 h-9 Z" />
      <path className="rp-qr-dots" d="M14 2 v4 M14 10 v4 M2 14 h4 M10 14 h8 M22 14 h4 M14 18 v8 M20 20 h3 M25 25 h2 M19 26 h2" />
    </g>
  );
}

/** What to look at. */
function Mark({ x, y, width, height }: At & { width: number; height: number }) {
  return <rect className="rp-mark" x={x} y={y} width={width} height={height} rx={5} />;
}

/** A hand from the right whose thumb keeps a card in place. */
function Hand({ x, y }: At) {
  return (
    <path className="rp-hand" transform={`translate(${x} ${y})`}
      d="M90 12 H52 C44 12 40 8 34 6 L12 2 C4 0 -2 8 4 13 C8 17 16 18 24 22 L6 24 C-4 25 -4 37 6 37 L24 38 C30 46 42 52 56 52 H90" />
  );
}

function Waves() {
  return <path className="rp-wave" d="M104 104 a22 16 0 0 1 32 0 M94 97 a36 22 0 0 1 52 0" />;
}

/** A plug that points to the left. */
function Plug({ x, y }: At) {
  return <g transform={`translate(${x} ${y})`}><path className="rp-outline" d="M-4 -7 h-14 v14 h14" /><path className="rp-body" d="M-4 -12 h20 a6 6 0 0 1 6 6 v12 a6 6 0 0 1 -6 6 h-20 Z" /></g>;
}

/** A computer with a socket on its right side. */
function Tower() {
  return <><rect className="rp-body" x={4} y={24} width={38} height={112} rx={5} /><path className="rp-soft" d="M14 38 h18 M14 48 h18" /><path className="rp-slot" d="M40 60 v12" /><circle className="rp-lamp" cx={23} cy={122} r={4} /></>;
}

function Gear({ x, y }: At) {
  const teeth = Array.from({ length: 8 }, (_, i) => i * 45);
  return (
    <g transform={`translate(${x} ${y})`}>
      {teeth.map((turn) => <rect key={turn} className="rp-gear" x={-5} y={-30} width={10} height={12} rx={2} transform={`rotate(${turn})`} />)}
      <circle className="rp-gear" r={22} /><circle className="rp-hole" r={9} />
    </g>
  );
}

function Window() {
  return <g transform="translate(86 6)"><rect className="rp-card" width={68} height={46} rx={5} /><path className="rp-outline-thin" d="M0 13 h68" /><path className="rp-wait" d="M24 29 h.1 M34 29 h.1 M44 29 h.1" /></g>;
}

function Lock({ x, y }: At) {
  return <g transform={`translate(${x} ${y})`}><circle className="rp-badge" data-tone="stopped" r={23} /><path className="rp-sign" data-tone="stopped" d="M-7 -2 v-5 a7 7 0 0 1 14 0 v5" /><rect className="rp-sign-fill" data-tone="stopped" x={-10} y={-3} width={20} height={14} rx={3} /></g>;
}

function Clock({ x, y }: At) {
  return <g transform={`translate(${x} ${y})`}><circle className="rp-badge" data-tone="attention" r={23} /><path className="rp-sign" data-tone="attention" d="M0 -12 V0 L8 7" /></g>;
}

const signs = {
  stop: { tone: 'stopped', d: 'M0 -10 V2 M0 10 h.1' }, cross: { tone: 'stopped', d: 'M-8 -8 L8 8 M8 -8 L-8 8' },
  question: { tone: 'attention', d: 'M-7 -5 a7 7 0 1 1 10 6 c-2.600 1.200 -3 2.500 -3 5 M0 11 h.1' },
} as const;

function Badge({ x, y, sign }: At & { sign: keyof typeof signs }) {
  const { tone, d } = signs[sign];
  return <g transform={`translate(${x} ${y})`}><circle className="rp-badge" data-tone={tone} r={22} /><path className="rp-sign" data-tone={tone} d={d} /></g>;
}

/** The way of a movement, with a head at its end. */
function Arrow({ d, tone = 'information', dashed = false }: { d: string; tone?: 'information' | 'stopped'; dashed?: boolean }) {
  const id = `rp-head-${tone}`;
  return (
    <>
      <defs>
        <marker id={id} viewBox="0 0 10 10" refX={5} refY={5} markerWidth={3.4} markerHeight={3.4} orient="auto-start-reverse">
          <path className="rp-head" data-tone={tone} d="M1 0 L10 5 L1 10 Z" />
        </marker>
      </defs>
      <path className="rp-arrow" data-tone={tone} data-dashed={dashed || undefined} d={d} markerEnd={`url(#${id})`} />
    </>
  );
}
