/** What the palette finds of the house itself: colleagues, teams, compartments, views, sources, files, samples, comments. */
import {
  findComment,
  listCompartments,
  listPeople,
  listSources,
  listTeams,
  listViews,
  listWorlds,
  readExport,
} from '@groundswell/contract';
import type { QueryClient } from '@tanstack/react-query';
import { defaultStringifySearch } from '@tanstack/react-router';
import { call } from '../api/call.ts';
import { worldHere, worldPath } from '../api/world.ts';
import type { Hit } from './palette-hit.ts';
import { fit } from './palette-rank.ts';

/** A hit, by what it is called, and its id where it has one that people could paste. */
interface Known {
  readonly hit: Hit;
  readonly id: string | null;
  readonly called: readonly string[];
}

interface Part {
  readonly name: string;
  readonly of: 'people' | 'things';
  /** Right that it needs; none for whoever is signed in. */
  readonly needs: string | null;
  readonly ask: () => Promise<readonly Known[]>;
}

const known = (id: string | null, hit: Hit, called: readonly string[]): Known => ({ id, hit, called });

async function people(): Promise<Known[]> {
  const { people: all } = await call(listPeople, {});
  return all.map(({ id, name, email, deactivatedAt }) =>
    known(
      id,
      { kind: 'person', path: `/people?open=${id}${deactivatedAt ? '&gone=true' : ''}`, code: '', title: name },
      [name, email],
    ),
  );
}

async function teams(): Promise<Known[]> {
  const { teams: all } = await call(listTeams, {});
  return all.map(({ id, name }) =>
    known(id, { kind: 'team', path: `/people?tab=teams&open=${id}`, code: '', title: name }, [name]),
  );
}

async function compartments(): Promise<Known[]> {
  const { compartments: all } = await call(listCompartments, {});
  return all.map(({ name, title }) =>
    known(null, { kind: 'compartment', path: `/people?tab=compartments&open=${name}`, code: name, title }, [
      title,
      name,
    ]),
  );
}

async function views(): Promise<Known[]> {
  const { views: all } = await call(listViews, { query: {} });
  return all.map(({ id, kind, name, search }) =>
    known(id, { kind: 'view', path: `/${kind}${defaultStringifySearch(search)}`, code: '', title: name }, [name]),
  );
}

async function sources(): Promise<Known[]> {
  const { sources: all } = await call(listSources, {});
  return all.map(({ id, name }) =>
    known(id, { kind: 'source', path: `/sources?q=${encodeURIComponent(name)}`, code: '', title: name }, [name]),
  );
}

/** A sample is called by its number. From inside one the others are reached as well. */
async function worlds(): Promise<Known[]> {
  const { worlds: all } = await call(listWorlds, {});
  return all
    .filter(({ number, can }) => can.includes('enter') && number !== worldHere())
    .map(({ number, by }) =>
      known(null, { kind: 'world', path: worldPath(number, '/'), code: String(number), title: by, away: true }, [
        String(number),
      ]),
    );
}

const PARTS: readonly Part[] = [
  { name: 'people', of: 'people', needs: 'people.manage', ask: people },
  { name: 'teams', of: 'people', needs: 'people.manage', ask: teams },
  { name: 'compartments', of: 'people', needs: 'people.manage', ask: compartments },
  { name: 'views', of: 'things', needs: null, ask: views },
  { name: 'sources', of: 'things', needs: 'source.read', ask: sources },
  { name: 'worlds', of: 'things', needs: null, ask: worlds },
];

/** These lists are short, and asked for once while somebody types. What cannot be had is not offered. */
async function all(client: QueryClient, can: readonly string[], of?: Part['of']): Promise<readonly Known[]> {
  const open = PARTS.filter((part) => (part.needs === null || can.includes(part.needs)) && (!of || part.of === of));
  const asked = open.map(({ name, ask }) =>
    client
      .fetchQuery({ queryKey: ['palette', 'house', name], queryFn: ask, staleTime: 20_000, retry: false })
      .catch(() => []),
  );
  return (await Promise.all(asked)).flat();
}

const SHOWN = 6;

/** Best fit first; all people where only `@` was typed. */
export async function houseCalled(
  client: QueryClient,
  words: string,
  can: readonly string[],
  of?: Part['of'],
): Promise<readonly Hit[]> {
  const said = words.replace(/^#/, '');
  const scored = (await all(client, can, of)).map((one) => ({
    hit: one.hit,
    fits: said === '' ? 1 : Math.max(...one.called.map((name) => fit(said, name))),
  }));
  return scored
    .filter(({ fits, hit }) => fits > 0 && (hit.kind !== 'world' || hit.code === said))
    .sort((a, b) => b.fits - a.fits)
    .slice(0, SHOWN)
    .map(({ hit }) => hit);
}

/** Whatever it is that this id belongs to. An id that leads nowhere, or to what one may not see, finds nothing. */
export async function houseById(client: QueryClient, id: string, can: readonly string[]): Promise<readonly Hit[]> {
  const [listed, comments, files] = await Promise.all([
    all(client, can),
    can.includes('issue.read') ? commentOf(id).catch(() => []) : [],
    exportOf(id).catch(() => []),
  ]);
  return [...listed.filter((one) => one.id === id).map(({ hit }) => hit), ...comments, ...files];
}

async function commentOf(id: string): Promise<Hit[]> {
  const { by, issueKey } = await call(findComment, { params: { id } });
  return [{ kind: 'comment', path: `/issues/${encodeURIComponent(issueKey)}`, code: issueKey, title: by }];
}

async function exportOf(id: string): Promise<Hit[]> {
  const { list } = await call(readExport, { params: { id } });
  return [{ kind: 'export', path: '/exports', code: id.slice(0, 8), title: list }];
}
