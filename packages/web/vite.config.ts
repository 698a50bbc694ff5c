import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { wordsInHalves } from './words-in-halves.ts';

/** Where the server listens while one works on the screens; the built files are served by the server itself. */
const SERVER = process.env.GROUNDSWELL_SERVER ?? 'http://127.0.0.1:4747';

/** What every screen needs, in few files that change rarely; charts stay apart because most visits never draw one. */
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
  { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 3 },
  { name: 'vendor', test: /node_modules\//, priority: 2 },
  { name: 'parts', test: /src\/(parts|api)\/(?!time-series-)/, priority: 1, minShareCount: 8 },
];

export default defineConfig({
  plugins: [react(), wordsInHalves()],
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('src/api/no-schemas.ts', import.meta.url)) }],
  },
  server: { proxy: { '/api': { target: SERVER, changeOrigin: true } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
});
