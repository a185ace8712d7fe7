export const t = {
  sizes: 'Clouds per board',
  upTo: (size: string) => `≤ ${size}`,
  ofSpan: (from: string, to: string, solvable: string, blocked: string) =>
    `${from} to ${to} clouds: ${solvable} solvable, ${blocked} blocked`,
  summary: (title: string, from: string, to: string, count: string) =>
    `${title}. Most boards have ${from} to ${to} clouds: ${count}.`,
  topAccounts: 'Most submissions',
  narrowTo: (email: string) => `${email}: show their submissions`,
}
