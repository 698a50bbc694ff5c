/** Everything into `dist`: the screens by vite, the server and the command line by esbuild. Skips what is not there. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { findNode, giveUp, ROOT, run, startStamp } from './bootstrap.mjs';

const stamp = startStamp();
const inPackage = (name, ...path) => join(ROOT, 'packages', name, ...path);

/** Our own packages go into the bundle as sources; everything else stays where npm has put it. */
const ownPackages = {
  name: 'own-packages',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^@groundswell\// }, ({ path }) => {
      const [, name, ...rest] = path.split('/');
      const { exports } = JSON.parse(readFileSync(inPackage(name, 'package.json'), 'utf8'));
      const target = exports[rest.length > 0 ? `./${rest.join('/')}` : '.'];
      if (!target) return { errors: [{ text: `${path} is not exported by packages/${name}` }] };
      return { path: inPackage(name, target) };
    });
  },
};

function bundle(name, entries) {
  const entryPoints = entries.filter((entry) => existsSync(entry));
  if (entryPoints.length === 0) return undefined;
  for (const old of existsSync(inPackage(name, 'dist')) ? readdirSync(inPackage(name, 'dist')) : []) {
    if (/\.js(\.map)?$/.test(old)) rmSync(inPackage(name, 'dist', old)); // `dist/types` belongs to tsc
  }
  return build({
    entryPoints: Object.fromEntries(entryPoints.map((entry) => [basename(entry, '.ts'), entry])),
    outdir: inPackage(name, 'dist'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
    plugins: [ownPackages],
    sourcemap: true,
    logLevel: 'warning',
  });
}

function buildWeb() {
  if (!existsSync(inPackage('web', 'vite.config.ts'))) return;
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = run(findNode(), [vite, 'build', '--logLevel', 'warn'], { cwd: inPackage('web') });
  if (done.status !== 0) giveUp('The screens could not be built; the lines above say where.');
  for (const file of readdirSync(inPackage('web', 'dist', 'assets'))) pack(inPackage('web', 'dist', 'assets', file));
}

/** Packed once here instead of at every request: the server sends what stands beside the file. */
function pack(file) {
  const content = readFileSync(file);
  if (content.length < 1024 || !/\.(js|css|svg|json)$/.test(file)) return;
  // 9 of 11: a tenth of the time for two per cent more bytes.
  const options = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  };
  writeFileSync(`${file}.br`, brotliCompressSync(content, options));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

console.error('Building …');
// The last three run in threads, which must be files of their own.
const programs = ['main', 'api', 'worker', 'engine', 'engine-worker', 'copies-worker', 'explain-worker'];
await Promise.all([
  bundle(
    'server',
    programs.map((name) => inPackage('server', 'src', 'app', `${name}.ts`)),
  ),
  bundle('cli', [inPackage('cli', 'src', 'main.ts')]),
]);
buildWeb();
stamp();
