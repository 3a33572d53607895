import mqtt from 'mqtt'
import { expect } from 'vitest'
import { expectAccessible } from './support/check-page.ts'
import { test } from './support/journey.ts'

test('a smoke detector gets a certificate of its own at the ledger: its secret opens nothing any more, what it says by the encrypted door is seen at once, and taken back the certificate ends it [SEC-09] (per-device certificate, at a page)', async ({
  town,
}) => {
  const { code, url, ca, key, cert } = town.door
  const { secret } = town.demo.devices.find((one) => one.code === code)!
  const plain = () =>
    mqtt.connectAsync(town.demo.mqttUrl, { clientId: code, username: code, password: secret, protocolVersion: 4, reconnectPeriod: 0 }).then(
      async (client) => {
        await client.endAsync()
        return 'in'
      },
      () => 'refused',
    )
  const encrypted = () => mqtt.connectAsync(url, { clientId: code, ca, key, cert, protocolVersion: 4, reconnectPeriod: 0 })
  expect(await plain()).toBe('in')

  const { page, watch } = await town.openWorkbench('community', { path: 'devices' })
  watch.allow(422)
  await page.getByText(code).first().click()
  const dialog = page.getByRole('dialog').filter({ hasText: code })
  await dialog.getByText('改用设备自己的证书').click()
  await dialog.getByLabel('变更的理由').fill('换用设备证书')
  const pem = dialog.getByLabel('设备证书（PEM）')
  await pem.fill('-----BEGIN CERTIFICATE-----\n不是证书')
  await dialog.getByRole('button', { name: '登记证书' }).click()
  await dialog.getByRole('alert').getByText('不是 PEM 格式的证书').waitFor()
  await pem.fill(cert)
  await dialog.getByRole('button', { name: '登记证书' }).click()
  await dialog.getByText(/SHA-256 [0-9a-f]{64}/).waitFor()
  await expectAccessible(page, 'a device with a certificate')
  expect(await plain()).toBe('refused')

  const device = await encrypted()
  const left = new Promise((resolve) => device.once('close', () => resolve('ended')))
  await device.publishAsync(`up/${code}/telemetry`, JSON.stringify({ values: { smoke: 0, battery: 61 } }), { qos: 1 })
  await dialog.getByText(/61/).first().waitFor()
  await dialog.getByLabel('变更的理由').fill('证书要换')
  await dialog.getByRole('button', { name: '作废证书' }).click()
  await dialog.getByText(/SHA-256/).waitFor({ state: 'detached' })
  expect(await left).toBe('ended')
  expect(
    await encrypted().then(
      () => 'in',
      () => 'refused',
    ),
  ).toBe('refused')
})
