/** Who works here: what the people screens read and do. Every change may touch any of the lists, so all are asked again. */
import {
  changeCompartment,
  changePerson,
  changeRole,
  changeTeam,
  deactivatePerson,
  endSessionsOf,
  invite,
  listCompartments,
  listInvitations,
  listPeople,
  listRoles,
  listTeams,
  makeCompartment,
  makeResetLink,
  makeRole,
  makeTeam,
  reactivatePerson,
  readHeld,
  removeCompartment,
  removeRole,
  removeTeam,
  renewInvitation,
  sendAway,
  withdrawInvitation,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';
import { SESSION } from '../../api/session.ts';

const STAFF = ['staff'] as const;

export const people = () =>
  queryOptions({
    queryKey: [...STAFF, 'people'],
    queryFn: () => call(listPeople, {}),
    refetchInterval: liveInterval(30_000),
  });
export const invitations = () =>
  queryOptions({
    queryKey: [...STAFF, 'invitations'],
    queryFn: () => call(listInvitations, {}),
    refetchInterval: liveInterval(30_000),
  });
export const roles = () => queryOptions({ queryKey: [...STAFF, 'roles'], queryFn: () => call(listRoles, {}) });
export const teams = () => queryOptions({ queryKey: [...STAFF, 'teams'], queryFn: () => call(listTeams, {}) });

export const compartments = () =>
  queryOptions({
    queryKey: [...STAFF, 'compartments'],
    queryFn: () => call(listCompartments, {}),
    refetchInterval: liveInterval(30_000),
  });

function useStaffChange<In, Out>(mutationFn: (asked: In) => Promise<Out>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // after a refusal too: what we showed was stale; and what was changed may be what I may do myself
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: STAFF }), client.invalidateQueries({ queryKey: SESSION })]),
  });
}

type BodyOf<E extends Parameters<typeof call>[0]> = Parameters<typeof call<E>>[1] extends { body: infer B } ? B : never;

export type PersonBody = BodyOf<typeof changePerson>;
export type InviteBody = BodyOf<typeof invite>;

export const useChangePerson = (id: string) =>
  useStaffChange((body: PersonBody) => call(changePerson, { params: { id }, body }));
export const useDeactivate = () => useStaffChange((id: string) => call(deactivatePerson, { params: { id } }));
export const useReactivate = () => useStaffChange((id: string) => call(reactivatePerson, { params: { id } }));
export const useEndSessionsOf = () => useStaffChange((id: string) => call(endSessionsOf, { params: { id } }));
export const useResetLink = () => useStaffChange((id: string) => call(makeResetLink, { params: { id } }));
export const useInvite = () => useStaffChange((body: InviteBody) => call(invite, { body }));
export const useRenew = () => useStaffChange((id: string) => call(renewInvitation, { params: { id } }));
export const useWithdraw = () => useStaffChange((id: string) => call(withdrawInvitation, { params: { id } }));

/** A new one without an id. */
export const useSaveTeam = (id: string | null) =>
  useStaffChange(({ version, ...body }: { version: number; name: string; members: string[] }) =>
    id === null ? call(makeTeam, { body }) : call(changeTeam, { params: { id }, body: { version, ...body } }),
  );
export const useRemoveTeam = () => useStaffChange((id: string) => call(removeTeam, { params: { id } }));

export const useSaveRole = (id: string | null) =>
  useStaffChange(({ version, ...body }: BodyOf<typeof changeRole>) =>
    id === null ? call(makeRole, { body }) : call(changeRole, { params: { id }, body: { version, ...body } }),
  );
export const useRemoveRole = (id: string) =>
  useStaffChange((moveTo: string | undefined) => call(removeRole, { params: { id }, query: { moveTo } }));

type CompartmentBody = BodyOf<typeof changeCompartment>;
export const useMakeCompartment = () =>
  useStaffChange((body: BodyOf<typeof makeCompartment>) => call(makeCompartment, { body }));
export const useChangeCompartment = (compartment: string) =>
  useStaffChange((body: CompartmentBody) => call(changeCompartment, { params: { compartment }, body }));
export const useRemoveCompartment = () =>
  useStaffChange(({ name: compartment, version }: { name: string; version: number }) =>
    call(removeCompartment, { params: { compartment }, query: { version } }),
  );
export const useSendAway = (compartment: string) =>
  useStaffChange((id: string) => call(sendAway, { params: { compartment, id } }));

/** Asked each time anew: somebody may have put something in since. */
export const held = (compartment: string) =>
  queryOptions({
    queryKey: [...STAFF, 'held', compartment],
    queryFn: () => call(readHeld, { params: { compartment } }),
    staleTime: 0,
    gcTime: 0,
  });
