const PITCH = 5
const SHOWN = 100

type Pictogram = {
  width: number
  /** Path data, in a height of 20: a ring for each cumulus, a bar for each thunderhead, the blocking pair apart. */
  rings: string
  bars: string
  blocking: string
  /** There are more clouds than are drawn. */
  isCut: boolean
}

/** A board as a pictogram of 5 units a cloud, cut after a hundred. */
export function pictogramOf(clouds: string, blockedAt: number | null): Pictogram {
  let rings = ''
  let bars = ''
  let blocking = ''
  for (let cloud = 0; cloud < Math.min(clouds.length, SHOWN); cloud++) {
    const x = cloud * PITCH
    const bar = `M${x + 2.5} 4.25v12.5`
    if (clouds[cloud] === '0') rings += `M${x + 0.9} 15.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0`
    else if (blockedAt !== null && (cloud === blockedAt || cloud === blockedAt + 1)) blocking += bar
    else bars += bar
  }
  const isCut = clouds.length > SHOWN
  return { width: Math.min(clouds.length, SHOWN) * PITCH, rings, bars, blocking, isCut }
}
