/** How many rows a page of a list can have; the first unless another is chosen. */
export const ROWS = [15, 50, 100] as const
