/** What runs in the engine's thread: its own few connections, one engine for all compartments, until it is told to stop. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../platform/clock.ts';
import { openDb, openPool } from '../platform/db.ts';
import { openLog } from '../platform/log.ts';
import { type EngineOrders, openEngine, openLocks, runEngine } from '../topics/index.ts';

const { appUrl, logLevel } = workerData as EngineOrders;
const log = openLog(logLevel);
const pool = openPool(appUrl, 'engine', log);
const locks = openLocks(pool);
const stop = new AbortController();
parentPort?.on('message', () => stop.abort());

const bench = { db: openDb(pool), clock: systemClock, log, stop: stop.signal };
const engine = openEngine(bench, undefined, locks.mayDrive, locks.letGo);
await runEngine({ log }, engine, stop.signal);
await locks.release();
await pool.end();
parentPort?.close();
