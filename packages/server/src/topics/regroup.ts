/** Putting topics together and apart, as the slices above see it. */
export { mergeTopics, moveSignals, partTopic, splitTopic, takeBackMove, takeBackSplit } from './regroup.actions.ts';
export {
  alertOfRoot,
  countMembers,
  countStaying,
  leftBy,
  membersAmong,
  membersWith,
  standingOf,
} from './regroup.store.ts';
