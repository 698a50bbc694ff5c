/** What server, web and CLI agree on. */
export * from './access.ts';
export * from './background.ts';
export * from './batch.ts';
export * from './client.ts';
export * from './connector-forms.ts';
export * from './connectors.ts';
export * from './copies.ts';
export * from './dimensions.ts';
export * from './endpoint.ts';
export * from './errors.ts';
export * from './home.ts';
export * from './imports.ts';
export * from './issues.ts';
export * from './privacy.ts';
export * from './signals.ts';
export * from './words.ts';
export * from './worlds.ts';
