import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { CitizenFields } from '../../../../shared/contracts/dossier.ts';
import { personalIdWarnings } from '../../../../shared/domain/personal-id.ts';
import { nfc } from '../../../../shared/domain/vietnamese.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { parseDay } from '../format.ts';
import type { Identified } from '../intake-draft.ts';

const texts = counterTexts.identify;
const fieldTexts = counterTexts.citizen.field;
type SexText = (typeof texts.sexes)[number];

/** The last resort: the officer types what is printed on the card. Every field says so. */
export function TypedPerson({ onPerson }: { onPerson: (who: Identified) => void }) {
  const first = useFirstFocus();
  const [value, setValue] = useState<{ personalId: string; fullName: string; birthDate: string; sex: SexText | null; residence: string }>(
    { personalId: '', fullName: '', birthDate: '', sex: null, residence: '' });
  const [tried, setTried] = useState(false);
  const birthDate = /^\d{4}$/.test(value.birthDate.trim()) ? value.birthDate.trim() : parseDay(value.birthDate);
  const wrong = {
    personalId: !/^\d{12}$/.test(value.personalId), fullName: value.fullName.trim() === '', birthDate: birthDate === null, sex: value.sex === null,
  };
  const use = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (birthDate === null || value.sex === null || Object.values(wrong).some(Boolean)) return;
    const typed = (text: string) => ({ value: nfc(text).trim().replace(/\s+/g, ' '), source: 'typed' as const, trust: 'typed' as const, edited: false });
    const fields: CitizenFields = {
      personalId: typed(value.personalId), fullName: typed(value.fullName), birthDate: typed(birthDate), sex: typed(value.sex),
      ...(value.residence.trim() === '' ? {} : { residence: typed(value.residence) }),
    };
    const warnings = personalIdWarnings(value.personalId, { sex: value.sex, birthDate });
    onPerson({ panel: { fields, warnings, differences: [], comparison: [], document: null, held: [], openDossiers: [] }, reading: null, qrText: null, faceId: null });
  };
  return (
    <form className="stack" onSubmit={use} data-own-enter>
      <p className="small soft">{texts.typedWarn}</p>
      <div className="two-columns">
        <Field label={fieldTexts.personalId} value={value.personalId} inputMode="numeric" maxLength={12} autoComplete="off" inputRef={first}
          error={tried && wrong.personalId ? texts.invalid.personalId : null}
          onChange={(text) => { setValue({ ...value, personalId: text.replace(/\D/g, '') }); }} />
        <Field label={fieldTexts.fullName} value={value.fullName} autoComplete="off" error={tried && wrong.fullName ? texts.invalid.fullName : null}
          onChange={(fullName) => { setValue({ ...value, fullName }); }} />
        <Field label={fieldTexts.birthDate} hint={texts.dateHint} value={value.birthDate} autoComplete="off"
          error={tried && wrong.birthDate ? texts.invalid.birthDate : null} onChange={(text) => { setValue({ ...value, birthDate: text }); }} />
        <div className="stack stack-tight">
          <Choice<SexText> label={fieldTexts.sex} across value={value.sex} options={texts.sexes.map((sex) => ({ id: sex, label: sex }))}
            onChange={(sex) => { setValue({ ...value, sex }); }} />
          {tried && wrong.sex && <p className="field-error"><IconAlertCircle size={20} aria-hidden />{texts.invalid.sex}</p>}
        </div>
      </div>
      <div className="typed-last">
        <Field label={`${fieldTexts.residence} (${counterTexts.optional})`} value={value.residence} autoComplete="off"
          onChange={(residence) => { setValue({ ...value, residence }); }} />
        <Button kind="primary" type="submit">{texts.typedGo}</Button>
      </div>
    </form>
  );
}
