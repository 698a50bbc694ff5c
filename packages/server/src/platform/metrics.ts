/** What a monitor may read at `/metrics`. Labels are names from our code, never ids or a user's words. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const httpSeconds = new Histogram({
  name: 'groundswell_http_seconds',
  help: 'Time to answer a request, by route pattern.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.15, 0.3, 1, 3, 10],
  registers: [registry],
});

export const jobSeconds = new Histogram({
  name: 'groundswell_job_seconds',
  help: 'Time that a background job took, by name and outcome.',
  labelNames: ['job', 'outcome'],
  buckets: [0.01, 0.05, 0.2, 1, 5, 30, 120],
  registers: [registry],
});

/** A number that is read when somebody asks for it. */
export function gauge(name: string, help: string, read: () => number | Promise<number>): void {
  registry.removeSingleMetric(name); // a second house in the same process (tests) replaces the first
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read());
    },
  });
}
