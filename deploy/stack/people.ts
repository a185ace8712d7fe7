import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import * as client from '@jotc/testing/service/client'

/** Somebody who has signed in by their details at the API of this URL. */
export async function signIn(api: string, details = client.somebody('Ana')) {
  const { token } = await client.signIn(api, details)
  return {
    token,
    solves: (clouds: string) => client.ask<SolvedSubmission>(`${api}/jotc`, { token, body: { clouds } }),
    /** The ids of all that is kept of theirs, newest first. */
    listed: async () =>
      (await client.ask<SubmissionPage>(`${api}/jotc?pageSize=100`, { token })).items.map(({ id }) => id),
  }
}
