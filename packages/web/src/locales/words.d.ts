/** Made of `en.json` by `vite.config.ts`, so that a first visit need not fetch what only later screens say. */
declare module 'virtual:words-first' {
  export const words: object;
}
declare module 'virtual:words-later' {
  export const words: object;
}
