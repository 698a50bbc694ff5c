import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Tide, the one accent. Steps 6 and 8 are the tokens `--accent` and `--accent-hover` of the light theme. */
const tide: MantineColorsTuple = [
  '#eef8f9',
  '#dff0f2',
  '#bcdfe4',
  '#93cad2',
  '#5cc2d0',
  '#2f8494',
  '#0a6577',
  '#095a6a',
  '#084f5e',
  '#063c48',
];

/** Mantine's own blue on white fails AA for filled parts; the step is pinned so that contrast holds in both schemes. */
export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  colors: { tide },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  fontSizes: { xs: 'var(--t-xs)', sm: 'var(--t-sm)', md: 'var(--t-md)', lg: 'var(--t-lg)', xl: 'var(--t-xl)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});
