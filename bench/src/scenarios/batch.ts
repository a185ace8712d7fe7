import { ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { measureLoad } from '../measure/load.ts'
import { boardRequests, boards } from '../system/boards.ts'
import { people, signIn } from '../system/people.ts'
import { openServers, startService } from '../system/services.ts'

const LINES = 100_000

/** `POST /jotc/batch` of a file with a board a line against the same boards one by one, each of many clients its own. */
export const batch: Scenario = async (options, say) => {
  const { rounds, seconds, clients } = options
  const lines = options.rows ?? LINES
  const accounts = people(1)
  await using open = new AsyncDisposableStack()
  const service = open.use(await startService(await openServers(open, accounts), options))
  const [token = ''] = await signIn(service.url, accounts)
  const samples = boards()
  const single = { ...service, requests: boardRequests([token]), status: 201 }
  const file = Array.from({ length: lines }, (_, line) => `${samples[line % samples.length]?.clouds}\n`).join('')
  say('warming up')
  await measureLoad(single, { clients, seconds })
  say(`${rounds} rounds of ${lines.toLocaleString('en')} lines`)
  const { ours, baseline } = await alternate(rounds, {
    ours: () => sendFile(service.url, token, file, lines),
    baseline: async () => (await measureLoad(single, { clients, seconds })).perSecond,
  })
  const aim = { atLeast: 8 }
  return {
    figures: [ratioOf({ what: 'boards by file, against one by one', unit: 'a second', ours, baseline, aim })],
    notes: [],
  }
}

/** @returns boards a second, answered and so recorded */
async function sendFile(url: string, token: string, file: string, lines: number): Promise<number> {
  const begun = performance.now()
  const response = await fetch(`${url}/jotc/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
    body: file,
  })
  const answers = (await response.text()).trimEnd().split('\n')
  const seconds = (performance.now() - begun) / 1000
  const recorded = answers.filter((line) => 'id' in (JSON.parse(line) as object)).length
  if (recorded !== lines) throw new Error(`Of ${lines} boards ${recorded} were recorded: ${answers[0]}`)
  return lines / seconds
}
