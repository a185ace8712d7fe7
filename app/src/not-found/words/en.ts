export const t = {
  title: 'No cloud here',
  detail: 'There is nothing at this address. The link may be old, or a letter may be missing.',
}
