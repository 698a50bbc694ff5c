/** Why a row was not taken, in words that its sender can act on. Never the words of the row itself. Pure. */
import type { NewSignal } from '@groundswell/contract';
import type { z } from 'zod';
import { idToShow } from './guard.ts';

const TIME = 'a time such as 2026-03-01T09:30:00Z, or a date such as 2026-03-01';

const WANTED: Readonly<Record<keyof NewSignal, string>> = {
  id: "the source's own id of the thing, as text of 1 to 200 characters",
  ts: `when it was said: ${TIME}`,
  text: 'text of at most 1,000,000 characters',
  title: 'text of at most 10,000 characters, or leave it out',
  author: 'text of at most 500 characters, or leave it out',
  rating: 'a whole number from 1 to 5, or leave it out',
  language: 'a tag such as "en" or "pt-BR", or leave it out',
  updated_at: `when it was last changed: ${TIME}, or leave it out`,
  creator_tier: 'text of at most 64 characters, or leave it out',
  exposure: 'a whole number from 0 to 4, or leave it out',
  dimensions: 'an object of names of up to 64 characters, each with text, a number, true or false',
};

export const wanted = (field: keyof NewSignal): string => `"${field}" cannot be used. Give ${WANTED[field]}.`;

/** Up to three problems: whoever has more is better served by the documentation. */
export function reasonOf(error: z.ZodError, row: unknown): string {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return 'This is not a signal. Give an object with at least "id", "ts" and "text".';
  }
  const sentences = error.issues.flatMap((issue) => sentencesFor(issue, row));
  return [...new Set(sentences)].slice(0, 3).join(' ');
}

function sentencesFor(issue: z.core.$ZodIssue, row: object): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `"${idToShow(key.slice(0, 64))}" is not a field of a signal. Put it under "dimensions" or leave it out.`,
    );
  }
  const field = issue.path[0] as keyof NewSignal;
  const given = (row as Record<string, unknown>)[field];
  return [given === undefined || given === '' ? `"${field}" is missing. Give ${WANTED[field]}.` : wanted(field)];
}
