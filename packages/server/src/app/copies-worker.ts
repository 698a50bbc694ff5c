/** What runs in the thread for copied texts: its own few connections, one follower for all compartments. */
import { parentPort, workerData } from 'node:worker_threads';
import { type CopiesOrders, openFollower, runFollower } from '../copies/index.ts';
import { openBell } from '../platform/bell.ts';
import { openDb, openPool } from '../platform/db.ts';
import { openLog } from '../platform/log.ts';
import { openSessionLocks } from '../platform/session-locks.ts';

const { appUrl, logLevel } = workerData as CopiesOrders;
const log = openLog(logLevel);
const pool = openPool(appUrl, 'copies', log);
const locks = openSessionLocks(pool, 4_747_003);
const stop = new AbortController();
parentPort?.on('message', () => stop.abort());

const bell = await openBell(appUrl, log);
const follower = openFollower({ db: openDb(pool), log }, undefined, locks);
await runFollower({ log }, follower, bell, stop.signal);
await locks.release();
await bell.close();
await pool.end();
parentPort?.close();
