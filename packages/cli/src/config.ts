/** `groundswell config`: what can be set, and what is. */
import { BadSetting, describeSettings, readConfig } from '@groundswell/server/command-line';

const HELP = `groundswell config

Lists every setting with its present value. Settings are environment variables; there is no file.
Addresses that may hold a password are not shown.
`;
const WIDTH = 88;

export async function config(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  if (args.length > 0) {
    console.error(`"config" takes nothing behind it. Settings are environment variables: PORT=8080 npm start`);
    return 2;
  }
  for (const { name, what, value } of describeSettings(process.env)) {
    console.log(`${name} = ${value ?? '(not set)'}\n${wrap(what)}\n`);
  }
  return complain();
}

/** A setting that would stop the start is better known now. */
function complain(): number {
  try {
    readConfig(process.env);
    return 0;
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error;
    console.error(error.message);
    return 2;
  }
}

function wrap(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > WIDTH) lines.push('');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.map((line) => `   ${line}`).join('\n');
}
