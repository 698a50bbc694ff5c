/** Invented worlds: opened, steered, removed. Asked by the frame and by screens. */
import {
  listWorlds,
  noteInWorld,
  openWorld,
  type ReplyOf,
  readWorld,
  removeWorld,
  steerWorld,
  type WorldKind,
  type WorldView,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { movingInterval } from './liveness.ts';

const WORLDS = ['worlds'] as const;
const worldKey = (number: number) => [...WORLDS, number] as const;

/** While something happens by itself it is looked at every second: how far a clock has gone is told to nobody. */
const isBusy = ({ state }: WorldView): boolean => state === 'filling' || state === 'reading' || state === 'playing';

export const worlds = () =>
  queryOptions({
    queryKey: WORLDS,
    queryFn: () => call(listWorlds, {}),
    refetchInterval: ({ state }) => movingInterval(state.data?.worlds.some(isBusy) ?? false, 2_000, 30_000),
  });

export const world = (number: number) =>
  queryOptions({
    queryKey: worldKey(number),
    queryFn: () => call(readWorld, { params: { number } }),
    refetchInterval: ({ state }) => movingInterval(!!state.data && isBusy(state.data), 1_000, 15_000),
    retry: false,
  });

type Steering = Parameters<typeof call<typeof steerWorld>>[1]['body'];

export function useSteer(number: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Steering) => call(steerWorld, { params: { number }, body }),
    onSuccess: (after) => client.setQueryData(worldKey(number), after),
    onSettled: () => client.invalidateQueries({ queryKey: WORLDS }),
  });
}

export function useNote(number: number) {
  return useMutation({ mutationFn: (text: string) => call(noteInWorld, { params: { number }, body: { text } }) });
}

export interface Opening {
  readonly kind: WorldKind;
  /** Null: waits until somebody presses play. */
  readonly speed: number | null;
  readonly seed?: number;
}

export function useOpenWorld(onOpened: (opened: ReplyOf<typeof openWorld>) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (opening: Opening) => call(openWorld, { body: { ...opening } }),
    onSuccess: onOpened,
    onSettled: () => client.invalidateQueries({ queryKey: WORLDS }),
  });
}

export function useRemoveWorld(onRemoved?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) => call(removeWorld, { params: { number } }),
    onSuccess: onRemoved,
    onSettled: () => client.invalidateQueries({ queryKey: WORLDS }),
  });
}
