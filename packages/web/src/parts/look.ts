/** How it looks to me: a choice of this browser, made in the menu or on my own page. */
import { useState } from 'react';

const DENSITY = 'groundswell.density';

export function useDensity() {
  const [compact, setCompact] = useState(() => localStorage.getItem(DENSITY) === 'compact');
  document.documentElement.dataset.density = compact ? 'compact' : 'comfortable';
  return {
    compact,
    toggle: () => {
      localStorage.setItem(DENSITY, compact ? 'comfortable' : 'compact');
      setCompact(!compact);
    },
  };
}
