import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { downloadBy, withoutPicker } from './files.ts'
import { expect, test } from './fixtures.ts'
import { isCallTo } from './service.ts'
import { submissionsOn } from './submissions.ts'

/** The file that the person chooses, in the browser's own file system; each test's has its own name. */
const chosenName = () => test.info().testId

async function withPicker(page: Page) {
  await page.addInitScript((name) => {
    const showSaveFilePicker = async () =>
      (await navigator.storage.getDirectory()).getFileHandle(name, { create: true })
    Object.assign(window, { showSaveFilePicker })
  }, chosenName())
}

/** The text of the chosen file; undefined where there is none. */
function chosenFile(page: Page): Promise<string | undefined> {
  return page.evaluate(async (name) => {
    try {
      const file = await (await navigator.storage.getDirectory()).getFileHandle(name)
      return await (await file.getFile()).text()
    } catch {
      return undefined
    }
  }, chosenName())
}

/** Has the export answered by this instead of the service. */
async function answerExport(page: Page, answer: RequestListener) {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') response.end()
    else answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await page.route(isCallTo('/jotc/export'), (route) => route.continue({ url: `http://127.0.0.1:${port}/` }))
  return () => server.closeAllConnections()
}

async function exports(page: Page, format = 'CSV for spreadsheets') {
  await submissionsOn(page).button('Export').click()
  await submissionsOn(page).button(format).click()
}

test('the list is exported as CSV, as it is filtered', async ({ page, ana }) => {
  await withoutPicker(page)
  await ana.submits('0010010', '0110', '000')
  await ana.signsIn()
  await submissionsOn(page).opens('?route=solvable')
  await expect(submissionsOn(page).rows).toHaveCount(2)
  const { name, text } = await downloadBy(page, () => exports(page))
  expect(name).toMatch(/^boards-\d{4}-\d\d-\d\d\.csv$/)
  expect(text.charCodeAt(0)).toBe(0xfeff)
  expect(text.split('\r\n')).toHaveLength(1 + 2 + 1)
  await expect(page.getByText('The file has 2 boards.')).toBeVisible()
})

test('the list is exported as NDJSON, straight to the chosen file', async ({ page, ana }) => {
  await withPicker(page)
  await ana.submits('0010010', '000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  await exports(page, 'JSON lines for programs')
  await expect(page.getByText('The file has 2 boards.')).toBeVisible()
  const rows = ((await chosenFile(page)) ?? '').trim().split('\n')
  expect(rows.map((row) => (JSON.parse(row) as { size: number }).size)).toEqual([3, 7])
})

for (const [where, choose] of [
  ['a download', withoutPicker],
  ['a chosen file', withPicker],
] as const)
  test(`an export that breaks off says so, and leaves no part behind as ${where}`, async ({
    page,
    ana,
    complaints,
  }) => {
    complaints.expect(/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/)
    await choose(page)
    await ana.submits('000')
    await ana.signsIn()
    await submissionsOn(page).opens()
    const downloads: unknown[] = []
    page.on('download', (download) => downloads.push(download))
    await answerExport(page, (_request, response) => {
      response.write(`id,clouds\r\n${'1,000\r\n'.repeat(1000)}`, () => response.destroy())
    })
    await exports(page)
    await expect(page.getByRole('alert')).toContainText('Export interrupted')
    await expect(page.getByRole('alert')).toContainText('No file was saved.')
    expect(downloads).toEqual([])
    expect(await chosenFile(page)).toBeUndefined()
  })

test('an export that cannot be written lets go of its answer', async ({ page, ana }) => {
  await withPicker(page)
  await page.addInitScript(() => {
    const write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    const createWritable = async () => new WritableStream({ write })
    Object.assign(FileSystemFileHandle.prototype, { createWritable })
  })
  await ana.submits('000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  let isCut = false
  const end = await answerExport(page, (request, response) => {
    request.on('close', () => {
      isCut = true
    })
    response.write('id,clouds\r\n')
  })
  await exports(page)
  await expect(page.getByRole('alert')).toContainText('We could not write the file. Your disk may be full.')
  await expect.poll(() => isCut).toBe(true)
  end()
})

test('an export shows how far it is, and can be cancelled', async ({ page, ana }) => {
  await withPicker(page)
  await ana.submits('000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  let isCut = false
  const end = await answerExport(page, (request, response) => {
    request.on('close', () => {
      isCut = true
    })
    response.setHeader('access-control-expose-headers', 'X-Total-Count').setHeader('x-total-count', '4000')
    response.write(`id,clouds\r\n${'1,000\r\n'.repeat(1000)}`)
  })
  await exports(page)
  await expect(page.getByText('1,000 of 4,000')).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Boards exported' })).toBeVisible()
  await expectAccessible(page)
  await submissionsOn(page).button('Cancel').click()
  await expect(submissionsOn(page).button('Export')).toBeVisible()
  await expect.poll(() => isCut).toBe(true)
  expect(await chosenFile(page)).toBeUndefined()
  end()
})

test('the menu of formats folds by Escape, and gives the focus back', async ({ page, ana }) => {
  await ana.submits('000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  await submissionsOn(page).button('Export').press('Enter')
  await page.keyboard.press('Tab')
  await expect(submissionsOn(page).button('CSV for spreadsheets')).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(submissionsOn(page).button('Export')).toBeFocused()
  await expect(submissionsOn(page).button('CSV for spreadsheets')).toBeHidden()
})
