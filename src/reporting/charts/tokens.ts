/** The colours of pages, charts and messages by their use; light first. Contrasts are computed in the tests. */
const colours = {
  canvas: ['#FAFAF7', '#111315'],
  surface: ['#FFFFFF', '#191C1F'],
  sunken: ['#F3F3EE', '#0C0E0F'],
  hover: ['#EFEFE9', '#22262A'],
  line: ['#E4E4DD', '#2B2F33'],
  'line-2': ['#C9C9C0', '#454B50'],
  control: ['#8C8C84', '#6B7278'],
  ink: ['#1B1D1F', '#ECEDEA'],
  'ink-2': ['#484C50', '#B8BCBD'],
  'ink-3': ['#656A6E', '#92989B'],
  challenger: ['#1F54C7', '#86AEFF'],
  good: ['#005F5B', '#3FC8B4'],
  warn: ['#8F5B00', '#F0C05A'],
  bad: ['#A30F2D', '#FF7A72'],
  sim: ['#7A3FA8', '#E6A8F0'],
  'challenger-tint': ['#E9EFFC', '#1B2740'],
  'good-tint': ['#E2F1EF', '#122B28'],
  'warn-tint': ['#FAEFDC', '#2E2614'],
  'bad-tint': ['#FBE7EA', '#371B1D'],
  'sim-tint': ['#F2EAF9', '#2D1F31'],
  'model-1': ['#283590', '#18A8FE'],
  'model-2': ['#8D3E12', '#FD951B'],
  'model-3': ['#0D6557', '#519E79'],
  'model-4': ['#B044BB', '#D898BD'],
  'model-5': ['#7B743E', '#FBD094'],
  'model-6': ['#50365F', '#957FBB'],
  'model-7': ['#6D2924', '#DE602C'],
  'model-8': ['#227E7F', '#5DDAFF'],
} as const satisfies Record<string, readonly [string, string]>

export type Token = keyof typeof colours
export type Theme = 'light' | 'dark'

/** How a chart names a colour: the page that shows it says which one that is. */
export function colour(token: Token): string {
  return `var(--${token})`
}

/** The colour itself, for what cannot resolve variables: pictures and e-mail. */
export function colourIn(theme: Theme, token: Token): string {
  return colours[token][theme === 'light' ? 0 : 1]
}

/** Custom properties of both themes: dark where the reader prefers it or `data-theme` says so, light in print. */
export function tokensCss(): string {
  const dark = declarations('dark')
  return [
    `:root{color-scheme:light;${declarations('light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}`,
    `@media screen{:root[data-theme=dark]{color-scheme:dark;${dark}}}`,
    // As specific as the dark colours before it.
    '@media (prefers-contrast:more){:root:root{--ink-3:var(--ink-2);--line:var(--control)}}',
  ].join('\n')
}

function declarations(theme: Theme): string {
  return (Object.keys(colours) as Token[]).map((token) => `--${token}:${colourIn(theme, token)}`).join(';')
}
