/** `groundswell <command>`: finds the command and hands over the rest. Exit codes: 0 done, 1 it failed, 2 wrong usage. */
import { readFileSync } from 'node:fs';
import { nearest } from './nearest.ts';

interface Command {
  readonly usage: string;
  readonly what: string;
  /** Loaded when asked for: `help` should not wait for the engine. */
  readonly run: (args: string[]) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  import: {
    usage: 'import FILE',
    what: 'send a file of signals to a running Groundswell',
    run: async (args) => (await import('./import.ts')).importFile(args),
  },
  detect: {
    usage: 'detect SIGNALS.jsonl --alerts OUT',
    what: 'find new and growing issues in a file; needs no server and no database',
    run: async (args) => (await import('./detect.ts')).detect(args),
  },
  backtest: {
    usage: 'backtest SIGNALS.jsonl',
    what: 'say what other settings of detection would have told of a past; needs no server',
    run: async (args) => (await import('./backtest.ts')).backtest(args),
  },
  explain: {
    usage: 'explain FILE.csv',
    what: 'say which slices grew beyond the rest, or leave their forecast; needs no server',
    run: async (args) => (await import('./explain.ts')).explain(args),
  },
  simulate: {
    usage: 'simulate --out DIR',
    what: 'write an invented platform of some weeks as files, with its truth',
    run: async (args) => (await import('./simulate.ts')).simulate(args),
  },
  config: {
    usage: 'config',
    what: 'explain every setting and show its present value',
    run: async (args) => (await import('./config.ts')).config(args),
  },
  db: {
    usage: 'db prepare',
    what: 'let searches use their indexes on your own PostgreSQL; once, as a superuser',
    run: async (args) => (await import('./db.ts')).db(args),
  },
  help: { usage: 'help', what: 'this text', run: async () => help() },
};

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') return help();
  if (name === '--version' || name === '-v') return version();
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command.run(args);
  const guess = nearest(name, Object.keys(COMMANDS));
  console.error(
    `There is no command "${name}".${guess ? ` Did you mean "${guess}"?` : ''} "groundswell help" lists them all.`,
  );
  return 2;
}

function help(): number {
  const commands = Object.values(COMMANDS);
  const width = Math.max(...commands.map(({ usage }) => usage.length)) + 2;
  const lines = commands.map(({ usage, what }) => `  ${usage.padEnd(width)}${what}`);
  console.log(
    `groundswell <command>\n\n${lines.join('\n')}\n\nEach command explains itself with --help. The workbench itself is started by "npm start".`,
  );
  return 0;
}

function version(): number {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  console.log((JSON.parse(text) as { version: string }).version);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
