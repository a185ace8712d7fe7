import { machine } from './measure/machine.ts'
import { readArguments, UsageError } from './options.ts'
import { asJson, asText } from './print.ts'
import { scenarios } from './scenarios.ts'

/** `npm run bench -- NAME [--json] …`: runs one scenario and prints how ours compares with its baseline. */
const USAGE = `npm run bench -- NAME [--json] [--rounds N] [--seconds N] [--clients N] [--rate N] [--workers N]
  [--rows N] [--samples N] [--no-browser] [--profile FOLDER]

NAME is one of these (ours / its baseline):
${Object.entries(scenarios)
  .map(([name, { compares }]) => `  ${name.padEnd(7)} ${compares}`)
  .join('\n')}`

// Ends by way of 'exit', where servers and folders are removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  const { name, json, options } = readArguments(process.argv.slice(2))
  if (name === undefined) console.log(USAGE)
  else {
    const scenario = scenarios[name]
    if (!scenario) throw new UsageError(`There is no scenario “${name}”.`)
    const before = machine()
    const report = await scenario.run(options, (line) => console.error(`  ${line}`))
    const results = { scenario: name, before, after: machine(), report }
    console.log(json ? asJson(results) : asText(results))
  }
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error)
  process.exitCode = 1
}
