/** Sending a file with progress. `fetch` cannot say how much has left the machine, XMLHttpRequest can. */
import { createClient, type ImportView, uploadImport } from '@groundswell/contract';
import { callHeaders } from './call.ts';

/** @param onSent share of the file that has been sent, 0 to 1 */
export function uploadFile(file: File, onSent: (share: number) => void, signal?: AbortSignal): Promise<ImportView> {
  const send = createClient({ baseUrl: '', headers: callHeaders, fetch: fetchWithProgress(onSent, signal) });
  return send(uploadImport, { query: { fileName: file.name }, bytes: file });
}

function fetchWithProgress(onSent: (share: number) => void, signal?: AbortSignal): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init?.method ?? 'POST', String(input));
      for (const [name, value] of Object.entries((init?.headers ?? {}) as Record<string, string>))
        request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && onSent(event.loaded / event.total);
      request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
      request.onerror = () => reject(new TypeError('the connection broke'));
      request.onabort = () => reject(new TypeError('stopped'));
      signal?.addEventListener('abort', () => request.abort());
      request.send(init?.body as XMLHttpRequestBodyInit);
    });
}
