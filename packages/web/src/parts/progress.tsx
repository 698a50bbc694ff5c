import './fields.css';

interface ProgressProps {
  /** 0 to 1, or null while it cannot be known. */
  share: number | null;
  label: string;
}

/** A thin bar that is also said to screen readers. What it counts stands in words beside it. */
export function Progress({ share, label }: ProgressProps) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ inlineSize: `${percent ?? 30}%` }} />
    </div>
  );
}
