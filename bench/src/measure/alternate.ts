type Sides = Record<string, () => Promise<unknown>>

/** What was measured of each side, round by round: what stands at the same place was measured side by side. */
export type Rounds<Of extends Sides> = { [Side in keyof Of]: Awaited<ReturnType<Of[Side]>>[] }

/**
 * Measures all sides in turn, so that whatever else the machine does meets each of them. Who goes first changes with
 * the round: none is always the one that runs on what another left behind.
 */
export async function alternate<Of extends Sides>(count: number, sides: Of): Promise<Rounds<Of>> {
  const names = Object.keys(sides)
  const rounds: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < count; round++) {
    const first = round % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) rounds[name]?.push(await sides[name]?.())
  }
  return rounds as Rounds<Of>
}
