import { machine } from './measure/machine.ts'
import { readArguments } from './options.ts'
import { asText } from './print.ts'
import { scenarios } from './scenarios.ts'

/** `npm run bench -- NAME …`: runs one scenario and prints how ours compares with its baseline. */
const USAGE = `npm run bench -- NAME [--rounds N] [--seconds N] [--clients N] [--rate N] [--workers N]
  [--rows N] [--samples N] [--only PART] [--no-browser] [--profile FOLDER]

NAME is one of these (ours / its baseline):
${Object.entries(scenarios)
  .map(([name, { compares }]) => `  ${name.padEnd(7)} ${compares}`)
  .join('\n')}`

// Ends by way of 'exit', where servers and folders are removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const { names, options } = argumentsOrEnd()
const [name = ''] = names
const scenario = scenarios[name]
if (names.length === 0) console.log(USAGE)
else if (scenario === undefined || names.length > 1) endWith(`There is no scenario “${names.join(' ')}”.`)
else {
  const before = machine()
  const report = await scenario.run(options, (line) => console.error(`  ${line}`))
  console.log(asText(name, report, before, machine()))
}

function argumentsOrEnd() {
  try {
    return readArguments(process.argv.slice(2))
  } catch (error) {
    return endWith(error instanceof Error ? error.message : String(error))
  }
}

function endWith(why: string): never {
  console.error(`${why}\n\n${USAGE}`)
  process.exit(1)
}
