import { Select, type Option } from '../../components/select.tsx';
import { common } from '../../texts/common.ts';

const everything = '';

/** A choice of one value, or of all (`null`); a plain text is its own label. `all` is the word for all of them. */
export function FilterSelect({ label, options, value, onChange, all = common.all }: {
  label: string; options: readonly (string | Option)[]; value: string | null; onChange: (value: string | null) => void; all?: string;
}) {
  return (
    <Select label={label} value={value ?? everything} onChange={(id) => onChange(id === everything ? null : id)}
      options={[{ id: everything, label: all }, ...options.map((one) => (typeof one === 'string' ? { id: one, label: one } : one))]} />
  );
}
