/** What a measurement uses of the processor, however busy the machine is. */
import { readdirSync, readFileSync } from 'node:fs';
import type { BenchHouse } from './intake-house.ts';

/**
 * Time of the processor used so far by all processes of the database and by this one, which asks and serves: what a busy
 * machine leaves as it is.
 */
export async function processorMs({ owner }: BenchHouse): Promise<number> {
  const { user, system } = process.cpuUsage();
  const { rows } = await owner.query('select pg_backend_pid() as pid');
  const parent = statOf(rows[0].pid)?.parent;
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
  const ticks = all
    .filter((one) => one.parent === parent || one.pid === parent)
    .reduce((sum, one) => sum + one.own + (one.pid === parent ? one.ended : 0), 0);
  return (user + system) / 1000 + ticks * 10; // ticks are hundredths of a second on every Linux
}

/** `ended`: what children used that are no more. */
function statOf(pid: string | number): { pid: string; parent: string; own: number; ended: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const sum = (from: number) => Number(fields[from]) + Number(fields[from + 1]);
    return { pid: String(pid), parent: fields[1]!, own: sum(11), ended: sum(13) };
  } catch {
    return null; // it has ended since it was listed
  }
}
