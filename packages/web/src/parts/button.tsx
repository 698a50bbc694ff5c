import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `go` is the one filled button of a page; `quiet` has no border. */
  look?: 'go' | 'plain' | 'quiet';
  small?: boolean;
  icon?: IconName;
  /** Shows that the server has not answered yet, and takes no second press. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

/** Verbs go on buttons. An icon-only button needs `aria-label`. */
export function Button({ look = 'plain', small, icon, busy, children, className, ...rest }: ButtonProps) {
  const names = ['btn', look, small && 'little', !children && 'bare', className].filter(Boolean).join(' ');
  return (
    <button type="button" {...rest} className={names} disabled={rest.disabled || busy} aria-busy={busy || undefined}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: IconName }[];
  onChange: (value: T) => void;
}

/** A few choices of which one holds. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
