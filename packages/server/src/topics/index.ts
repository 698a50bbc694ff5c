/** The door of topics: what the engine found, and how it is told things. */
export { countTopics, newestOf, sourcesOf } from './count.store.ts';
export { detectionRoutes } from './detection.routes.ts';
export { openLocks } from './engine.lock.ts';
export { type EngineOrders, startEngineThread } from './engine.thread.ts';
export { openEngine, runEngine } from './engine.ts';
export { spread } from './findings.ts';
export { historyOf } from './history.ts';
export { idOf } from './identity.ts';
export * as regroup from './regroup.actions.ts';
export { rootOf } from './regroup.store.ts';
export { readSeries, showAlerts } from './series.store.ts';
export { type Point, seriesWindow, sparkWindow, trendOfShown } from './series.ts';
export { appendCommand } from './stream.actions.ts';
export { budgetOf } from './stream.store.ts';
export { askTopics, findTopics, suggestTopics, topicsCalled } from './topic.search.store.ts';
export { inAnyTopic, inTopic, loadAlerts, loadTopics, membersOf, topicRoot, topicsOf } from './topic.store.ts';
export type { Alert } from './topic.ts';
export { readWhere, type Streams } from './where.store.ts';
