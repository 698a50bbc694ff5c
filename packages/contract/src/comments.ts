/** A comment found by its id alone. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

export const findComment = {
  method: 'GET',
  path: '/api/comments/:id',
  right: 'issue.read',
  params: z.object({ id: z.uuid() }),
  reply: z.object({ id: z.uuid(), by: z.string(), issueKey: z.string(), issueTitle: z.string() }),
} as const satisfies Endpoint;
