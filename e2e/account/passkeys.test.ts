import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../shared/fixtures.ts'
import { appUrl } from '../shared/service.ts'

/** A page by the name of this machine, for an IP address can have no passkeys. */
const PAGE = (path: string) => Object.assign(new URL(path, appUrl()), { hostname: 'localhost' }).href

let devtools: CDPSession | undefined
// The next test may have the same page.
test.afterEach(async () => {
  await devtools?.send('WebAuthn.disable')
  devtools = undefined
})

/** An authenticator that keeps passkeys and asks for a fingerprint, and is touched whenever it asks. */
async function addAuthenticator(page: Page, counts: boolean): Promise<void> {
  devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: counts ? 'usb' : 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Asks the API from the page, as the page does. */
function ask(page: Page, method: string, path: string, token?: string, body?: unknown) {
  return page.evaluate(
    async ([method, path, token, body]) => {
      const headers = {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      const payload = body === undefined ? null : JSON.stringify(body)
      const answer = await fetch(`/api${path}`, { method, headers, body: payload })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
    },
    [method, path, token, body] as const,
  )
}

function create(page: Page, options: PublicKeyCredentialCreationOptionsJSON) {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json)
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    return made.toJSON()
  }, options)
}

function get(page: Page, options: PublicKeyCredentialRequestOptionsJSON) {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json)
    const signed = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    return signed.toJSON()
  }, options)
}

for (const [what, counts] of [
  ['the machine', false],
  ['a security key', true],
] as const) {
  test(`a passkey of ${what} is added, signs in by cookie again and again, and no more once removed`, async ({
    page,
    ana,
    complaints,
  }) => {
    complaints.expect(/status of 400/)
    await addAuthenticator(page, counts)
    await page.goto(PAGE('/'))
    const { token, user } = ana.session
    const options = await ask(page, 'POST', '/me/passkeys/options', token)
    const response = await create(page, options.body)
    const added = await ask(page, 'POST', '/me/passkeys', token, { response })
    expect(added).toMatchObject({ status: 201, body: { name: expect.stringMatching(/ on /), usedAt: null } })

    const signsIn = async () => {
      const { body } = await ask(page, 'POST', '/passkeys/options')
      return await ask(page, 'POST', '/passkeys/sign-in?session=cookie', undefined, { response: await get(page, body) })
    }
    for (let time = 0; time < 2; time++) {
      expect(await signsIn()).toMatchObject({ status: 200, body: { user: { id: user.id } } })
      expect(await ask(page, 'GET', '/me')).toMatchObject({ status: 200, body: { email: ana.email } })
    }
    // It refuses to make another one for the same account.
    const again = await ask(page, 'POST', '/me/passkeys/options')
    await expect(create(page, again.body)).rejects.toThrow(/InvalidStateError/)

    expect(await ask(page, 'DELETE', `/me/passkeys/${added.body.id}`)).toMatchObject({ status: 204 })
    expect(await signsIn()).toMatchObject({ status: 400, body: { type: '/problems/passkey-refused' } })
  })
}
