import pg from 'pg'

export async function makeAdministrator(databaseUrl: string, id: string): Promise<void> {
  await onDatabase(databaseUrl, (client) => client.query("update users set role = 'admin' where id = $1", [id]))
}

/** A text that is another one as soon as a row of any table is. */
export async function fingerprint(databaseUrl: string): Promise<string> {
  return await onDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' order by 1",
    )
    const parts: string[] = []
    for (const { name } of rows) {
      const sum = await client.query(`select md5(string_agg(t::text, ',' order by t::text)) as sum from ${name} as t`)
      parts.push(`${name}: ${sum.rows[0].sum}`)
    }
    return parts.join('\n')
  })
}

async function onDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
