/** A line of the code for each kind of moment. */
type Code = { name: string; text: string; lines: { start: number; two: number; one: number } }

/** The rule of `solve` as somebody else would write it, in ten lines. */
export const CODE = {
  typescript: {
    name: 'TypeScript',
    text: `\
function fewestJumps(clouds: number[]) {
  let at = 0, jumps = 0
  while (at < clouds.length - 1) {
    if (clouds[at + 2] === 0) at += 2
    else if (clouds[at + 1] === 0) at += 1
    else return null // no way over
    jumps += 1
  }
  return jumps
}`,
    lines: { start: 2, two: 4, one: 5 },
  },
  python: {
    name: 'Python',
    text: `\
def fewest_jumps(clouds: list[int]) -> int | None:
    at, jumps = 0, 0
    while at < len(clouds) - 1:
        if clouds[at + 2 : at + 3] == [0]:
            at, jumps = at + 2, jumps + 1
        elif clouds[at + 1] == 0:
            at, jumps = at + 1, jumps + 1
        else:
            return None  # no way over
    return jumps`,
    lines: { start: 2, two: 5, one: 7 },
  },
} satisfies Record<string, Code>
