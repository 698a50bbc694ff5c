/** Every system that an adapter of its own is known for. Generic ones stand beside the core. */
import type { Adapter, WebhookReader } from '../adapter.ts';
import { appStore } from './app-store.ts';
import { freshdesk } from './freshdesk.ts';
import { googlePlay } from './google-play.ts';
import { intercom } from './intercom.ts';
import { intercomTopics } from './intercom-topic.ts';
import { mailbox } from './mailbox.ts';
import { zendesk } from './zendesk.ts';
import { zendeskEvents } from './zendesk-event.ts';

export const KNOWN_ADAPTERS: readonly Adapter[] = [zendesk, freshdesk, intercom, appStore, googlePlay, mailbox];
export const KNOWN_READERS: readonly WebhookReader[] = [zendeskEvents, intercomTopics];
