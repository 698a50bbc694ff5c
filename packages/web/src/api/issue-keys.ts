/** Everything that shows issues hangs below these two keys. */
export const ISSUES = ['issues'] as const;
export const HOME = ['home'] as const;
