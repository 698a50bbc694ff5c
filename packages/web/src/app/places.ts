/** Where one can go: only what exists. One list for side bar, phone bar and keys, which are called by the same names. */
import type { Capability } from '@groundswell/contract';
import type { IconName } from '../parts/icon.tsx';

export interface Place {
  name:
    | 'home'
    | 'signals'
    | 'issues'
    | 'desk'
    | 'cases'
    | 'shifts'
    | 'notices'
    | 'changes'
    | 'import'
    | 'sources'
    | 'dimensions'
    | 'severity'
    | 'privacy'
    | 'samples'
    | 'people';
  to:
    | '/'
    | '/signals'
    | '/issues'
    | '/desk'
    | '/cases'
    | '/shifts'
    | '/notices'
    | '/changes'
    | '/import'
    | '/sources'
    | '/dimensions'
    | '/severity'
    | '/privacy'
    | '/samples'
    | '/people';
  icon: IconName;
  needs: Capability | null;
  section: 'daily' | 'setup';
}

export const PLACES: readonly Place[] = [
  { name: 'home', to: '/', icon: 'home', needs: null, section: 'daily' },
  { name: 'signals', to: '/signals', icon: 'signal', needs: 'signal.read', section: 'daily' },
  { name: 'issues', to: '/issues', icon: 'issue', needs: 'issue.read', section: 'daily' },
  { name: 'desk', to: '/desk', icon: 'clock', needs: 'case.read', section: 'daily' },
  { name: 'cases', to: '/cases', icon: 'file', needs: 'case.read', section: 'daily' },
  { name: 'shifts', to: '/shifts', icon: 'board', needs: 'case.read', section: 'daily' },
  { name: 'notices', to: '/notices', icon: 'bell', needs: null, section: 'daily' },
  { name: 'changes', to: '/changes', icon: 'flag', needs: 'signal.read', section: 'daily' },
  { name: 'import', to: '/import', icon: 'import', needs: 'import.run', section: 'setup' },
  { name: 'sources', to: '/sources', icon: 'source', needs: 'source.read', section: 'setup' },
  { name: 'dimensions', to: '/dimensions', icon: 'table', needs: 'signal.read', section: 'setup' },
  { name: 'severity', to: '/severity', icon: 'bars', needs: 'engine.configure', section: 'setup' },
  { name: 'privacy', to: '/privacy', icon: 'key', needs: 'source.read', section: 'setup' },
  { name: 'people', to: '/people', icon: 'users', needs: 'people.manage', section: 'setup' },
  { name: 'samples', to: '/samples', icon: 'flask', needs: 'world.open', section: 'setup' },
];

export function placesFor(can: readonly Capability[]): readonly Place[] {
  return PLACES.filter((place) => place.needs === null || can.includes(place.needs));
}
