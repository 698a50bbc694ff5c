import { expect, it } from 'vitest';
import { byWords } from './order.ts';

it('puts words into the order of the language, and numbers in words by their size', () => {
  expect(['Zoë', 'Ärmel', 'v10', 'v2'].toSorted(byWords('de'))).toEqual(['Ärmel', 'v2', 'v10', 'Zoë']);
  expect(['zorro', 'ñandú', 'nube'].toSorted(byWords('es'))).toEqual(['nube', 'ñandú', 'zorro']);
});
