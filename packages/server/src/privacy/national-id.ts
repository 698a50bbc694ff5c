/** National ids by country. */
export const NATIONAL_IDS: readonly { country: string; name: string }[] = [];
