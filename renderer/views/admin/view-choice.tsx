/** One of a few views of a section, beside each other, with a count where there is one. */
export function ViewChoice<K extends string>({ label, views, value, onChange }: { label: string; views: readonly { id: K; label: string; count?: string }[]; value: K; onChange: (id: K) => void }) {
  return (
    <fieldset className="plain guard-views" aria-label={label}>
      {views.map(({ id, label: name, count }) => (
        <button key={id} type="button" className="guard-view" aria-pressed={id === value} data-selected={id === value || undefined} onClick={() => onChange(id)}>
          <span>{name}</span>{count !== undefined && <span className="digits">{count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
