/** What copies give to the house. */
import type { Slice } from '../platform/slice.ts';
import type { Above } from '../signals/index.ts';
import { copiesRoutes } from './copies.routes.ts';
import { copiesOf, inCopies } from './group.store.ts';

export const copiesSlice: Slice = { name: 'copies', routes: copiesRoutes };

/** What signals show and ask of us: handed to them by whoever composes the house. */
export const copiesAbove: Pick<Above, 'copiesOf' | 'inCopies'> = { copiesOf, inCopies };
