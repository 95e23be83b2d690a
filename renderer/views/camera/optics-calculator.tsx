import { useState } from 'react';
import { cardCode, farthestMm, modulePixelsNeeded, opticsVerdict, pixelsPerModule, seenWidthMm } from '../../../shared/domain/optics.ts';
import { Select } from '../../components/select.tsx';
import { Slider } from '../../components/slider.tsx';
import { decimal } from '../../format.ts';
import { cameraTexts } from '../../texts/camera.ts';
import { VerdictTag } from './verdict-tag.tsx';

const texts = cameraTexts.hardware;
const sizes = [[1280, 720], [1920, 1080], [2560, 1440], [3840, 2160]] as const;
const lenses = [40, 50, 60, 70, 78, 90];
// The same text on a phone: the same modules, drawn larger.
const codes = { card: cardCode, phone: { ...cardCode, codeMm: 40 } } as const;
type Code = keyof typeof codes;

/** Whether a camera that one has, or thinks of buying, reads a code from where it would stand. */
export function OpticsCalculator() {
  const [pixelsAcross, setPixelsAcross] = useState(1920);
  const [lensDegrees, setLens] = useState(60);
  const [code, setCode] = useState<Code>('card');
  const [distanceMm, setDistance] = useState(100);
  const camera = { pixelsAcross, lensDegrees, ...codes[code] };
  const size = pixelsPerModule({ ...camera, distanceMm });
  const centimetres = (mm: number): string => decimal(mm / 10, 1);
  return (
    <section className="stack optics-calculator">
      <h3>{texts.calculator}</h3>
      <div className="optics-inputs">
        <Select label={texts.resolution} value={String(pixelsAcross)} onChange={(id) => { setPixelsAcross(Number(id)); }}
          options={sizes.map(([width, height]) => ({ id: String(width), label: cameraTexts.sizeOf(width, height) }))} />
        <Select label={texts.lens} value={String(lensDegrees)} onChange={(id) => { setLens(Number(id)); }}
          options={lenses.map((degrees) => ({ id: String(degrees), label: texts.degrees(degrees) }))} />
        <Select<Code> label={texts.code} value={code} onChange={setCode} options={(['card', 'phone'] as const).map((id) => ({ id, label: texts.codes[id] }))} />
      </div>
      <Slider label={texts.howFar} value={distanceMm} min={30} max={600} step={5} say={(mm) => texts.centimetres(centimetres(mm))} onChange={setDistance} />
      <output className="optics-result" data-module-pixels={size.toFixed(2)}>
        <VerdictTag verdict={opticsVerdict(size)} />
        <span>{texts.result(decimal(seenWidthMm({ lensDegrees, distanceMm }), 0), decimal(size, 1))}</span>
        <span className="soft">{texts.farthest(centimetres(farthestMm(camera, modulePixelsNeeded.most)), centimetres(farthestMm(camera, modulePixelsNeeded.good)))}</span>
      </output>
    </section>
  );
}
