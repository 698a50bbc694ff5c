/** People as they come: by an invitation, through the door, with a browser of their own. */
import type { LinkMade } from '@groundswell/contract';
import type { Caller, Reply, TestHouse } from '../../test/house.ts';

export const PASSWORD = 'copper lantern over quiet water';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

/** Somebody's browser: what it was given at the door it shows with every request. */
export interface Browser {
  readonly id: string;
  readonly email: string;
  readonly cookie: string;
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object): Promise<Reply>;
}

export interface Coming {
  readonly name: string;
  readonly roles?: readonly string[];
  readonly compartments?: readonly string[];
  readonly teams?: readonly string[];
}

let n = 0;
const mailOf = (name: string) => `${name.toLowerCase().replace(/\W/g, '')}${++n}@example.org`;

const post = async (house: TestHouse, url: string, payload: object): Promise<Reply> => {
  const headers = { 'user-agent': FIREFOX };
  const reply = await house.http.inject({ method: 'POST', url, headers, payload, remoteAddress: '192.0.2.17' });
  return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
};

export const accept = (house: TestHouse, link: LinkMade, over: object = {}): Promise<Reply> =>
  post(house, '/api/invitations/accept', { token: link.token, name: 'Bo', password: PASSWORD, ...over });
export const reset = (house: TestHouse, link: LinkMade, password = 'another lantern over water'): Promise<Reply> =>
  post(house, '/api/password-reset', { token: link.token, password });
export const check = async (house: TestHouse, link: LinkMade) =>
  (await post(house, '/api/links/check', { token: link.token })).body;
export const signIn = (house: TestHouse, email: string, password = PASSWORD): Promise<Reply> =>
  post(house, '/api/session', { email, password });

/** What the door gave. */
export function browserOf(house: TestHouse, entered: Reply): Browser {
  const cookie = String(entered.headers['set-cookie']).split(';')[0]!;
  const headers = { cookie, 'x-groundswell-csrf': entered.body.csrf };
  return {
    id: entered.body.id,
    email: entered.body.email,
    cookie,
    ask: async (method, url, payload) => {
      const reply = await house.http.inject({ method, url, headers, ...(payload && { payload }) });
      return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
    },
  };
}

type Inviter = Pick<Caller, 'post'> | Browser;
const send = (by: Inviter, url: string, body: object) => ('ask' in by ? by.ask('POST', url, body) : by.post(url, body));

export const inviteAs = (by: Inviter, { name, ...as }: Coming): Promise<Reply> =>
  send(by, '/api/invitations', { name, email: mailOf(name), roles: ['specialist'], ...as });

/** Invited by `by`, and in. */
export async function comeIn(house: TestHouse, by: Inviter, coming: Coming): Promise<Browser> {
  const invited = await inviteAs(by, coming);
  const entered = await accept(house, invited.body.link, { name: coming.name });
  if (entered.status !== 200) throw new Error(`${coming.name} did not come in: ${JSON.stringify(entered.body)}`);
  return browserOf(house, entered);
}

const PATIENCE_MS = 4_000;

/**
 * A race that is one every time: nobody gets past the first write to this table before all have come as far as they can.
 * What then keeps them apart is a lock, or nothing.
 */
export async function race<T>(house: TestHouse, table: string, acts: readonly (() => Promise<T>)[]): Promise<T[]> {
  const gate = await house.owner.connect();
  try {
    await gate.query(`begin; lock table ${table} in share row exclusive mode`);
    const running = Promise.all(acts.map((act) => act()));
    const end = Date.now() + PATIENCE_MS;
    let waiting = 0;
    while (waiting < acts.length && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const { rows } = await house.owner.query(
        `select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and a.datname = current_database()`,
      );
      waiting = rows[0].n;
    }
    await gate.query('commit');
    return await running;
  } finally {
    gate.release();
  }
}
