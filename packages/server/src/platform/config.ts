/** What an operator can set, all of it, by environment variables. Anything else is decided in the product itself. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// address' });

const SETTINGS = {
  PORT: {
    schema: z.coerce.number('is not a whole number from 0 to 65535').int().min(0).max(65_535).default(4747),
    what: 'The TCP port that Groundswell answers on; 0 takes any free one. Default 4747.',
  },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    what: 'The address that it listens on. The default, 127.0.0.1, is reachable from this machine only.',
  },
  PUBLIC_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'is not an http:// or https:// address' }).optional(),
    what: 'How people reach it from outside, used in links of mails and notices. Default: the address it listens on.',
  },
  GROUNDSWELL_DATA: {
    schema: z.string().min(1).default(defaultData),
    what: 'The folder for everything it keeps on disk. Default: /var/lib/groundswell for root, else ~/.local/share/groundswell.',
  },
  DATABASE_URL: {
    schema: postgresUrl.optional(),
    what: 'A PostgreSQL 15 or newer to use instead of the built-in one: the login that owns the database.',
  },
  DATABASE_APP_URL: {
    schema: postgresUrl.optional(),
    what: 'Only with DATABASE_URL: the login that serves requests. Default: gs_app, made by the owner.',
  },
  SECRET_KEY: {
    schema: z
      .string()
      .refine((said) => Buffer.from(said, 'base64').length >= 32, 'is not 32 or more bytes in base64')
      .optional(),
    what: 'Seals stored secrets: 32 bytes in base64. Default: the file secret.key in the data folder. Several machines on one database need the same.',
  },
  EGRESS_INTERNAL: {
    schema: z
      .string()
      .default('')
      .transform((said) =>
        said
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      )
      .refine((all) => all.every((one) => /^[^\s/@]+:\d{1,5}$/.test(one)), 'is not a list of host:port'),
    what: 'Addresses inside your network that connectors may call all the same, also without TLS: host:port, separated by commas. Default: none.',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
    what: 'How much it writes to standard error: trace, debug, info, warn, error, fatal or silent. Default warn.',
  },
} as const;

type Name = keyof typeof SETTINGS;
type Values = { [N in Name]: z.output<(typeof SETTINGS)[N]['schema']> };

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databaseAppUrl: string | undefined;
  readonly secretKey: string | undefined;
  readonly egressInternal: readonly string[];
  readonly logLevel: string;
}

/** A setting that cannot be used. Shown as it stands; the process ends with 2. */
export class BadSetting extends CannotStart {
  constructor(name: string, why: string) {
    super(`The setting ${name} ${why}. Nothing was started. ${what(name)}`, { exitCode: 2 });
    this.name = 'BadSetting';
  }
}

const what = (name: string): string => (name in SETTINGS ? SETTINGS[name as Name].what : '');

/** Every setting with its sentence, and its present value unless that may hold a password. */
export function describeSettings(env: NodeJS.ProcessEnv): { name: string; what: string; value: string | null }[] {
  return Object.entries(SETTINGS).map(([name, { what }]) => {
    const given = env[name];
    return { name, what, value: given && /^(DATABASE|SECRET)/.test(name) ? '(given, not shown)' : (given ?? null) };
  });
}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([name, { schema }]) => {
      const given = env[name] === '' ? undefined : env[name]; // an empty variable is an unset one
      const parsed = schema.safeParse(given);
      if (parsed.success) return [name, parsed.data];
      // The value is left out: it may hold a password.
      const why = parsed.error.issues[0]?.message ?? 'is not usable';
      throw new BadSetting(name, why.startsWith('is ') ? why : `is not usable (${why})`);
    }),
  ) as Values;
  if (values.DATABASE_APP_URL && !values.DATABASE_URL) {
    throw new BadSetting('DATABASE_APP_URL', 'was given without DATABASE_URL');
  }
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    dataDir: values.GROUNDSWELL_DATA,
    databaseUrl: values.DATABASE_URL,
    databaseAppUrl: values.DATABASE_APP_URL,
    secretKey: values.SECRET_KEY,
    egressInternal: values.EGRESS_INTERNAL,
    logLevel: values.LOG_LEVEL,
  };
}

/** For root a state folder, not the home: PostgreSQL's account could not enter it. */
function defaultData(): string {
  return process.getuid?.() === 0 ? '/var/lib/groundswell' : join(homedir(), '.local', 'share', 'groundswell');
}
