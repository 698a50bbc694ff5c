import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the server listens while one works on the screens; the built files are served by the server itself. */
const SERVER = process.env.GROUNDSWELL_SERVER ?? 'http://127.0.0.1:4747';

/** What every screen needs goes into two files that change rarely; charts stay apart because most visits never draw one. */
const shared = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
  { name: 'charts', test: /node_modules\/(echarts|zrender|tslib)\// },
];

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': { target: SERVER, changeOrigin: true } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: shared } } },
  },
});
