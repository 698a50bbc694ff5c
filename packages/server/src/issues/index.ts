/** The door of issues. */
export { mentionsOf } from './comment.store.ts';
export { linesOf } from './issue.detail.ts';
export { followSurge, suspectIssue, tellMentioned } from './issue.jobs.ts';
export { keyOf } from './issue.key.ts';
export { countGroups, listFirst } from './issue.list.store.ts';
export { searchIssues, searchTopics } from './issue.search.ts';
export { issuesById, issuesOfTopics, loadIssue } from './issue.store.ts';

export { type Issue, titleOf } from './issue.ts';
export { viewIssues } from './issue.view.ts';
export { issueListings } from './listings.ts';
export { issuesSlice } from './slice.ts';
export { signalsAbove } from './tags.ts';
