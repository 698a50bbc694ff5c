/** Connectors. A turn that brings nothing is told to nobody: while one is under way it is looked at. */
import {
  backfillConnector,
  type ConnectorView,
  changeConnector,
  createConnector,
  listConnectors,
  pauseConnector,
  removeConnector,
  resumeConnector,
  runConnector,
  testConnector,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { movingInterval } from '../../api/liveness.ts';

const CONNECTORS = ['connectors'] as const;

export const connectors = () =>
  queryOptions({
    queryKey: CONNECTORS,
    queryFn: () => call(listConnectors, {}),
    refetchInterval: ({ state }) =>
      movingInterval(state.data?.connectors.some((one) => one.state === 'working') ?? false, 2_000, 10_000),
  });

type NewConnector = Parameters<typeof call<typeof createConnector>>[1]['body'];
type ChangedConnector = Parameters<typeof call<typeof changeConnector>>[1]['body'];
type TriedConnector = Parameters<typeof call<typeof testConnector>>[1]['body'];

function useAct<V, R>(act: (given: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: CONNECTORS }) });
}

export const useCreateConnector = () => useAct((body: NewConnector) => call(createConnector, { body }));

export const useChangeConnector = (id: string) =>
  useAct((body: ChangedConnector) => call(changeConnector, { params: { id }, body }));

/** Keeps nothing, so nothing is read again. */
export const useTestConnector = () =>
  useMutation({ mutationFn: (body: TriedConnector) => call(testConnector, { body }) });

const ACTS = {
  pause: pauseConnector,
  resume: resumeConnector,
  run_now: runConnector,
  remove: removeConnector,
} as const;
export type SimpleAct = keyof typeof ACTS;

export const useConnectorAct = (id: string) =>
  useAct((act: SimpleAct): Promise<ConnectorView> => call(ACTS[act], { params: { id } }));

export const useBackfill = (id: string) =>
  useAct((from: string) => call(backfillConnector, { params: { id }, body: { from } }));
