/** The house as it is put together: every slice, and the places where the platform asks one of them. */
import { existsSync } from 'node:fs';
import { accessSlice, authenticator, firstAdminLink, type Site } from '../access/index.ts';
import { activeUsersListing, backgroundSlice, changeListing } from '../background/index.ts';
import { beginClocks, caseListing, casesSlice } from '../cases/index.ts';
import { clocksSlice } from '../clocks/index.ts';
import { connectorListing, connectorsSlice } from '../connectors/index.ts';
import { copiesAbove, copiesListing, copiesSlice, startCopiesThread } from '../copies/index.ts';
import { exportsSlice } from '../exports/index.ts';
import { handoverSlice } from '../handover/index.ts';
import { importListing, importSlice } from '../imports/index.ts';
import { insightsSlice } from '../insights/index.ts';
import { issueListings, issuesSlice, signalsAbove } from '../issues/index.ts';
import { liveSlice } from '../live/index.ts';
import { notifySlice } from '../notify/index.ts';
import { peopleListings, peopleSlice } from '../people/index.ts';
import type { Authenticate } from '../platform/http.ts';
import type { Logger } from '../platform/log.ts';
import type { Slice } from '../platform/slice.ts';
import type { Tools } from '../platform/tools.ts';
import { mustFitKey, privacySlice } from '../privacy/index.ts';
import { rcaSlice } from '../rca/index.ts';
import { searchSlice } from '../search/index.ts';
import { shiftsSlice } from '../shifts/index.ts';
import { countSignals, signalListings, signalSlice } from '../signals/index.ts';
import { type EngineOrders, historyOf, startEngineThread } from '../topics/index.ts';
import { viewsSlice } from '../views/index.ts';
import { worldsSlice } from '../worlds/index.ts';
import { react } from './react.ts';

const reactions: Slice = { name: 'app', jobs: [react] };

export const slicesFor = (site: Site): readonly Slice[] => [
  reactions,
  accessSlice(site),
  notifySlice,
  peopleSlice(site),
  shiftsSlice,
  privacySlice,
  signalSlice({ ...signalsAbove, ...copiesAbove }),
  copiesSlice,
  importSlice({ historyOf }),
  connectorsSlice,
  backgroundSlice,
  issuesSlice,
  clocksSlice({ begin: beginClocks }),
  casesSlice,
  handoverSlice,
  viewsSlice(countSignals({ ...signalsAbove, ...copiesAbove })),
  rcaSlice({ ...signalsAbove, ...copiesAbove }, threadFile('explain-worker')),
  insightsSlice,
  exportsSlice([
    ...peopleListings,
    ...signalListings({ ...signalsAbove, ...copiesAbove }),
    ...issueListings({ ...signalsAbove, ...copiesAbove }),
    ...[caseListing, importListing, connectorListing, copiesListing, changeListing, activeUsersListing],
  ]),
  searchSlice({ ...signalsAbove, ...copiesAbove }),
  worldsSlice,
  liveSlice(site),
];

/** Refuses to start where the key of this start opens nothing of what is sealed. */
export const checkKey = (tools: Tools): Promise<void> => mustFitKey(tools);

/** Who is calling. */
export const authenticateBy = (tools: Tools, site: Site): Authenticate => authenticator(tools, site);

/** On the first start of a deployment: the one-time link that makes its first admin, else null. */
export const firstRunLink = (tools: Tools, address: string): Promise<string | null> => firstAdminLink(tools, address);

/** Beside this file: as a source, or as what the bundle made of it. */
function threadFile(name: string): URL {
  const files = [`./${name}.ts`, `./${name}.js`].map((file) => new URL(file, import.meta.url));
  const found = files.find((url) => existsSync(url));
  if (!found) throw new Error(`The file "${name}" is missing. Unpack Groundswell again, whole.`);
  return found;
}

/** Starts what reads the signals, each in a thread of its own; returns how to stop it. */
export function startEngine(tools: Tools, orders: EngineOrders, log: Logger): () => Promise<void> {
  const room = { orders, db: tools.db, log };
  const stops = [
    startEngineThread({ ...room, entry: threadFile('engine-worker') }),
    startCopiesThread({ ...room, entry: threadFile('copies-worker') }),
  ];
  return async () => void (await Promise.all(stops.map((stop) => stop())));
}
