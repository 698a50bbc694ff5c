/** A world: a platform's weeks, made by the hour from a seed. Any hour can be asked for, in any order, at any time. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { SignalKind } from '@groundswell/contract';
import { AREAS, areaOf } from './area.ts';
import { advert, crowdAt, type Flood, planFloods, planSpam, type Spam } from './confounders.ts';
import { idOf } from './id.ts';
import { type Incident, type Letter, unfolding } from './incident.ts';
import { type Intent, intentsOf } from './intents.ts';
import { type Saying, type Tongue, tongueOf } from './language.ts';
import { flagOf } from './machine-flag.ts';
import { mannerOf } from './manner.ts';
import { type Person, someoneIn } from './people.ts';
import { activityAt, COUNTRIES, LANGUAGES, type Language, type Platform } from './places.ts';
import { DAY_MS, HOUR_MS, planIncidents, type WorldOptions } from './plan.ts';
import { Chance, hash, spin, type Wheel, wheelOf } from './random.ts';
import { planReleases, type Release, versionAt } from './releases.ts';
import { write } from './text.ts';

/** A signal as the platform hands it over, and beside it the truth about it, which nobody is told. */
export interface SimulatedSignal {
  readonly id: string;
  readonly kind: SignalKind;
  readonly at: number;
  readonly title: string | null;
  readonly text: string;
  readonly author: string;
  readonly language: Language;
  readonly rating: number | null;
  readonly tier: string;
  /** X0–X4. */
  readonly exposure: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly confidential: boolean;
  readonly truth: {
    /** Intent, story, or `spam`. */
    readonly label: string;
    readonly incident: string | null;
  };
}

export interface World extends WorldOptions {
  /** First moment after it. */
  readonly end: number;
  readonly releases: ReadonlyMap<Platform, readonly Release[]>;
  readonly incidents: readonly Incident[];
  readonly floods: readonly Flood[];
  readonly spam: readonly Spam[];
  /** The signals of one hour, by time. `hour` counts from the start. */
  signalsOfHour(hour: number): SimulatedSignal[];
}

/**
 * Opens a world; the same options give the same world, to the letter.
 * @param options `start` must be a full hour; a world is at least 3 days long
 * @throws RangeError for options that make no world
 * @example
 * const world = await openWorld({ seed: 7, start: Date.UTC(2026, 0, 5), days: 28, signalsPerDay: 5_000 });
 * world.signalsOfHour(0).length; // about 200
 */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { seed, start, days, signalsPerDay } = options;
  if (start % HOUR_MS !== 0) throw new RangeError('A world begins at a full hour.');
  if (!(days >= 3 && days <= 400)) throw new RangeError('A world has 3 to 400 days.');
  if (!(signalsPerDay >= 100 && signalsPerDay <= 1_000_000))
    throw new RangeError('A world has 100 to 1,000,000 signals a day.');
  const tongues = new Map<Language, Tongue>();
  for (const language of LANGUAGES) {
    tongues.set(language, await tongueOf(language));
    await breathe();
  }
  const releases = planReleases(seed, start, days);
  const incidents: Incident[] = [];
  for (const plan of planIncidents(options, releases)) {
    const steps = unfolding(plan, options, releases);
    let step = steps.next();
    for (; !step.done; step = steps.next()) await breathe(); // whoever shares the process gets a turn
    incidents.push(step.value);
  }
  const intents = intentsOf(seed, [...tongues.get('en')!.intents.keys()]);
  const room: Room = {
    options,
    releases,
    incidents,
    tongues,
    intents: new Map(intents.map((intent) => [intent.id, intent])),
    wheel: wheelOf(intents.map((intent) => [intent, intent.weight])),
    floods: planFloods(options),
    spam: planSpam(options),
  };
  const { floods, spam } = room;
  const signalsOfHour = (hour: number) => hourOf(room, hour);
  return { ...options, end: start + days * DAY_MS, releases, incidents, floods, spam, signalsOfHour };
}

interface Room {
  readonly options: WorldOptions;
  readonly releases: ReadonlyMap<Platform, readonly Release[]>;
  readonly incidents: readonly Incident[];
  readonly tongues: ReadonlyMap<Language, Tongue>;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly wheel: Wheel<Intent>;
  readonly floods: readonly Flood[];
  readonly spam: readonly Spam[];
}

function hourOf(room: Room, hour: number): SimulatedSignal[] {
  const { start, days } = room.options;
  if (hour < 0 || hour >= days * 24) return [];
  const from = start + hour * HOUR_MS;
  const to = from + HOUR_MS;
  const signals = [...usual(room, hour, from), ...ofIncidents(room, from, to), ...ofSpam(room, from, to)];
  return signals.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** What people say on any day, country by country: each has its own clock. */
function usual(room: Room, hour: number, from: number): SimulatedSignal[] {
  const { seed, signalsPerDay } = room.options;
  const flood = room.floods.find((one) => from >= one.from && from < one.to)?.times ?? 1;
  const signals: SimulatedSignal[] = [];
  for (const [c, country] of COUNTRIES.entries()) {
    const chance = new Chance(seed, 'hour', hour, c);
    const crowd = crowdAt(room.incidents, country.code, from);
    const mean = (signalsPerDay / 24) * country.share * activityAt(country, from) * flood * crowd;
    for (let left = chance.poisson(mean), n = 0; n < left; n++) {
      const person = someoneIn(seed, country, signalsPerDay, chance.next());
      const intent = spin(room.wheel, chance.next());
      const at = from + Math.floor(chance.next() * HOUR_MS);
      const key = hash(seed, hour, c, n);
      signals.push(tell(room, { at, person, kind: spin(intent.kinds, chance.next()), key }, intent, null));
    }
  }
  return signals;
}

function* ofIncidents(room: Room, from: number, to: number): Generator<SimulatedSignal> {
  for (const incident of room.incidents) {
    for (const letter of within(incident.letters, from, to)) yield tell(room, letter, null, incident);
  }
}

function* ofSpam(room: Room, from: number, to: number): Generator<SimulatedSignal> {
  for (const { kind, text, letters } of room.spam) {
    for (const { at, person, key } of within(letters, from, to)) {
      const plain = tell(room, { at, person, kind: 'social_mention', key }, room.intents.get('talk.troll/rant')!, null);
      const said = advert(text, kind === 'repeater' ? 1 : key);
      yield { ...plain, text: said, title: null, truth: { label: 'spam', incident: null } };
    }
  }
}

/** Of things in order of time. */
function* within<T extends { readonly at: number }>(all: readonly T[], from: number, to: number): Generator<T> {
  for (const one of all) {
    if (one.at >= to) return;
    if (one.at >= from) yield one;
  }
}

/** One signal. About an intent, or about an incident's story. */
function tell(
  { options, releases, tongues }: Room,
  letter: Letter,
  intent: Intent | null,
  incident: Incident | null,
): SimulatedSignal {
  const { at, person, kind, key } = letter;
  const label = intent?.id ?? incident!.story;
  const chance = new Chance(options.seed, 'text', key, at);
  const tongue = tongues.get(person.language)!;
  const saying = sayingOf(tongue, intent, incident);
  const version = versionAt(releases.get(person.platform)!, person, at);
  const written =
    kind === 'machine_flag'
      ? { title: null, text: flagOf(CATEGORY[label] ?? label.split('/')[0]!, chance) }
      : write({ tongue, saying, person, kind, version, manner: mannerOf(label) }, chance);
  return {
    id: idOf(options.seed, key, at),
    kind,
    at,
    ...written,
    author: person.id,
    language: kind === 'machine_flag' ? 'en' : person.language,
    rating: kind === 'app_review' ? chance.pick(intent?.stars ?? BAD) : null,
    tier: person.tier,
    exposure: intent?.exposure ?? EXPOSURE[incident!.kind] ?? 0,
    dimensions: dimensionsOf(person, version, kind, label, chance),
    confidential: intent?.confidential ?? incident!.confidential,
    truth: { label, incident: incident?.id ?? null },
  };
}

const BAD = [1, 1, 1, 1, 2] as const;
const EXPOSURE: Readonly<Record<string, number>> = { dangerous_challenge: 2, doxxing: 1 };
/** What a detector calls a story. */
const CATEGORY: Readonly<Record<string, string>> = {
  'challenge.rooftop': 'dangerous_acts.viral_challenge',
  'challenge.spice': 'dangerous_acts.viral_challenge',
  'doxxing.creator': 'privacy.doxxing',
};

function sayingOf({ intents, stories }: Tongue, intent: Intent | null, incident: Incident | null): Saying {
  return intent ? intents.get(intent.id)! : stories.get(incident!.story)!;
}

/** What the form or the store knows of the sender. The area is what people chose, and some choose wrongly. */
function dimensionsOf(
  person: Person,
  version: string,
  kind: SignalKind,
  label: string,
  chance: Chance,
): Record<string, string> {
  const { country, platform, device } = person;
  const known: Record<string, string> = { country: country.code, platform, app_version: version };
  if (kind !== 'social_mention' && kind !== 'machine_flag') known.device = device;
  if (kind === 'ticket' || kind === 'appeal') known.area = chance.is(0.15) ? chance.pick(AREAS) : areaOf(label);
  return known;
}
