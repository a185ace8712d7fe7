/** The number of the cloud that something on the page belongs to. */
export function cloudOf(target: EventTarget | null): number | undefined {
  const tile = target instanceof Element ? target.closest<HTMLElement>('[data-cloud]') : null
  return tile ? Number(tile.dataset.cloud) : undefined
}
