import { IconCamera, IconCreditCard, IconQrcode } from '@tabler/icons-react';
import { cardCode, opticsVerdict, pixelsPerModule } from '../../../shared/domain/optics.ts';
import { ToneIcon } from '../../components/tone.tsx';
import { decimal } from '../../format.ts';
import { cameraTexts } from '../../texts/camera.ts';
import { OpticsCalculator } from './optics-calculator.tsx';
import { verdictTone } from './verdict-tag.tsx';

const texts = cameraTexts.hardware;
const icons = [IconCamera, IconQrcode, IconCreditCard];
const distances = [50, 70, 100, 150, 250];
const widths = [1280, 1920, 2560];

/** Which camera, scanner and chip reader fit, and why the camera must be near. */
export function HardwarePage() {
  return (
    <div className="hardware">
      <p className="soft">{texts.intro}</p>
      <div className="hardware-lists">
        {texts.lists.map(({ title, items }, n) => {
          const Sign = icons[n] ?? IconCamera;
          return (
            <section key={title} className="stack stack-tight">
              <h3 className="row"><Sign size={26} aria-hidden />{title}</h3>
              <ul className="hardware-items">{items.map((item) => <li key={item}>{item}</li>)}</ul>
            </section>
          );
        })}
      </div>
      <section className="stack">
        <h3>{texts.opticsTitle}</h3>
        <p>{texts.optics}</p>
        <DistanceTable />
      </section>
      <OpticsCalculator />
    </div>
  );
}

function DistanceTable() {
  return (
    <table className="optics-table" aria-label={texts.tableLabel}>
      <caption>{texts.tableLabel}</caption>
      <thead>
        <tr><th scope="col">{texts.distance}</th>{widths.map((pixels) => <th key={pixels} scope="col">{texts.across(pixels)}</th>)}</tr>
      </thead>
      <tbody>
        {distances.map((distanceMm) => (
          <tr key={distanceMm}>
            <th scope="row">{texts.centimetres(decimal(distanceMm / 10, 0))}</th>
            {widths.map((pixelsAcross) => {
              const size = pixelsPerModule({ ...cardCode, pixelsAcross, distanceMm, lensDegrees: 60 });
              const verdict = opticsVerdict(size);
              return (
                <td key={pixelsAcross} data-tone={verdictTone[verdict]}>
                  <span className="optics-cell"><ToneIcon tone={verdictTone[verdict]} size={20} /><span className="digits strong">{decimal(size, 1)}</span><span className="small">{texts.verdict[verdict]}</span></span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
