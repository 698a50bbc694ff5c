/** Requests that may take days: their bodies are streams without an end. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const streaming = new WeakSet<Socket>();

/** The connection is not cut off for the age of this request, but for silence of `silentMs`, until the request is over. */
export function letStream(request: IncomingMessage, silentMs: number): void {
  const { socket } = request;
  streaming.add(socket);
  socket.setTimeout?.(silentMs); // a request made up by a test has no real socket
  request.once('close', () => streaming.delete(socket));
}

export const isStreaming = (socket: Socket): boolean => streaming.has(socket);
