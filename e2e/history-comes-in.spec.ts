import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

const key = `OLD-${Date.now().toString(36)}`
const lines = [
  '工单编号,登记时间,办结时间,截止时间,标题,内容,社区,处理结果',
  `${key}-1,2024-03-04 09:00,2024-03-06 15:00,2024-03-08 18:00,路灯不亮,巷口的路灯不亮三天了,旧城,换了灯泡`,
  `${key}-2,2024-03-05 10:00,2024-03-12 10:00,2024-03-08 18:00,井盖松动,人行道井盖一踩就响,旧城,换了井盖`,
  `${key}-3,2024-02-30 10:00,,,坏日期,这一行的日期不存在,旧城,`,
]

test('a dispatcher brings in what another system kept: tries it first, sees the wrong row, imports the others, and takes them out again', async ({
  town,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-journey-'))
  try {
    const file = join(folder, `${key}.csv`)
    await writeFile(file, lines.join('\n'))
    const { page } = await town.openWorkbench('dispatcher', { path: 'imports' })
    await page.getByLabel('文件', { exact: true }).setInputFiles(file)
    await page.getByText(`${key}.csv`).first().waitFor()
    await page.getByLabel('来源系统').fill('old-hotline')
    await page.getByLabel('区域', { exact: true }).selectOption('value')
    await page.getByLabel('区域：每行都是').fill('510131001002')
    await page.getByRole('button', { name: '试导' }).click()
    await page.getByText('看了 3 行：新增 2').waitFor()
    await page.getByText('2024-02-30 10:00').first().waitFor()
    await picture(page, 'import')
    await expectAccessible(page, 'the preview of an import')
    await expectNoSidewaysScroll(page, 'the preview of an import')
    await page.getByRole('button', { name: '开始导入' }).click()
    const item = page.getByRole('listitem').filter({ hasText: `${key}.csv` })
    await item.getByText('已导入').waitFor()
    await item.getByText('新增 2').waitFor()
    await item.getByRole('link', { name: /^下载没导的行/ }).waitFor()
    await item.getByRole('button', { name: /^撤销/ }).click()
    await item.getByLabel('为什么撤销').fill('导错了文件')
    await item.getByRole('button', { name: '撤销这一批' }).click()
    await item.getByText('已撤销').waitFor()
    await item.getByText('撤掉 2 件，留下 0 件').waitFor()
    await expectAccessible(page, 'the batches')
  } finally {
    await rm(folder, { recursive: true })
  }
})
