import { Label, ProgressBar } from 'react-aria-components';

/** Work that takes time: `value` of `of`, or only that it goes on where the end is not known. */
export function Progress({ label, value, of, detail }: { label: string; value: number | null; of: number | null; detail?: string }) {
  const known = value !== null && of !== null && of > 0;
  return (
    <ProgressBar className="progress" isIndeterminate={!known} value={known ? value : 0} maxValue={known ? of : 100}>
      {({ percentage }) => (
        <>
          <span className="row row-apart"><Label>{label}</Label><span className="digits soft">{detail}</span></span>
          <div className="progress-line">
            {known
              ? <div className="progress-fill" style={{ width: `${percentage ?? 0}%` }} />
              : <div className="progress-fill progress-fill-unknown" />}
          </div>
        </>
      )}
    </ProgressBar>
  );
}
