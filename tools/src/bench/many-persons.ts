import { newId } from '@linli/base/define'
import { openPool, openVault, sql, systemActor, systemClock, type TransactionDeps, transact, type Vault } from '@linli/base/server'
import { checkDigitOf } from '@linli/registry/define'
import { importDwellings, importPersons } from '@linli/registry/server'
import pg from 'pg'
import { takeIndexes } from './take-indexes.ts'

/** Three to a dwelling, six buildings to a transaction. */
const perDwelling = 3
const perBuilding = 252
const buildingsAtOnce = 6
/** PostgreSQL and the sealing have a core each. */
const lanes = 2

/** By how many bear them, roughly; the first ones more often than the last ones. */
const surnames =
  '王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const givens =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文春梅海燕云峰鹏飞丹萍辉波宁雪琴琳晶欣佳怡浩宇轩梓涵子晨思语嘉诗雨泽博皓天立成永福德祥贵富荣发家庆善良仁义礼智信忠孝廉洁清泉山河林森木火土金水星月光阳'
const estates = ['平安里', '向阳院', '和顺园', '松江苑', '丰收里', '同心家园', '北安小区', '光明里']

/** What is written while so many people come in; their indexes are made afterwards. */
const tables = ['registry.person', 'registry.address']

interface Plain {
  idNumber: string
  name: string
  phone: string
  born: string
}

/**
 * So many people in the demo town, through the import of the product itself: each sealed under a key of its own, with its entries, masks and
 * search tokens. `bench.person` holds the same people in clear, under the index that suits each question best.
 */
export async function fillPersons(urls: { servingUrl: string; ownerUrl: string; folder: string }, count: number): Promise<void> {
  const owner = new pg.Client({ connectionString: urls.ownerUrl })
  const pool = openPool({ url: urls.servingUrl, max: lanes, name: 'bench' })
  const vault = await openVault(urls.folder)
  await owner.connect()
  try {
    await owner.query('SET ROLE linli_system')
    const { rows: cells } = await owner.query<{ area_id: string }>(
      "SELECT area_id FROM access.area WHERE level = 'cell' AND kind <> 'micro_cell' AND valid_to IS NULL ORDER BY code",
    )
    await owner.query('RESET ROLE')
    const indexes = await takeIndexes(owner, tables)
    await owner.query(`CREATE SCHEMA bench; GRANT ALL ON SCHEMA bench TO linli_system, linli_app;
      CREATE UNLOGGED TABLE bench.plain (person_id uuid, name text, id_number text, phone text);
      GRANT ALL ON bench.plain TO linli_system`)
    const buildings = Math.ceil(count / perBuilding)
    let next = 0
    const lane = async (): Promise<void> => {
      while (next < buildings) {
        const numbers = Array.from({ length: Math.min(buildingsAtOnce, buildings - next) }, (_, i) => next + i)
        next += numbers.length
        await moveIn(
          { pool, clock: systemClock },
          vault,
          numbers.map((number) => ({ number, cellId: cells[number % cells.length]!.area_id })),
        )
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    await Promise.all([indexAgain(owner, indexes), copyInClear(urls.ownerUrl)])
  } finally {
    await Promise.all([owner.end(), pool.end()])
  }
}

/** Some buildings with everybody in them, in one transaction. */
async function moveIn(
  deps: Pick<TransactionDeps, 'pool' | 'clock'>,
  vault: Vault,
  buildings: readonly { number: number; cellId: string }[],
): Promise<void> {
  const made = buildings.map(({ number, cellId }) => ({
    buildingId: newId(),
    cellId,
    name: `${estates[number % estates.length]}${Math.floor(number / estates.length) + 1}号楼`,
    people: Array.from({ length: perBuilding }, (_, i) => plainPerson(number * perBuilding + i)),
  }))
  await transact(deps, systemActor, async (system) => {
    const placed = await system.rows(sql<{ building_id: string; community_id: string }>`
      INSERT INTO access.building (building_id, cell_id, community_id, name, lon, lat, area_path)
      SELECT b."buildingId", b."cellId", b."cellId", b.name, 126, 45, '' FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
        AS b("buildingId" uuid, "cellId" uuid, name text) RETURNING building_id, community_id`)
    const communities = new Map(placed.map(({ building_id, community_id }) => [building_id, community_id]))
    const dwellings = await importDwellings(
      system,
      made.flatMap(({ buildingId }) =>
        Array.from({ length: perBuilding / perDwelling }, (_, i) => ({
          buildingId,
          entrance: `${1 + (i % 4)}单元`,
          dwelling: `${1 + Math.floor(i / 8)}0${1 + (Math.floor(i / 4) % 2)}室`,
        })),
      ),
    )
    const plain = made.flatMap(({ people }) => people)
    const persons = plain.map(({ born, ...values }, at) => ({
      values: { ...values, birthDate: born, sex: Number(values.idNumber[16]) % 2 === 1 ? '1' : '2' },
      communityId: communities.get(made[Math.floor(at / perBuilding)]!.buildingId)!,
      home: { at: Math.floor(at / perDwelling), residence: 'owner' as const, on: '2020-05-01' },
    }))
    const ids = await importPersons(system, vault, persons, { dwellings, source: 'demo' })
    const rows = plain.map(({ name, idNumber, phone }, at) => ({ id: ids[at], name, idNumber, phone }))
    await system.run(sql`
      INSERT INTO bench.plain SELECT p.id, p.name, p."idNumber", p.phone
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p(id uuid, name text, "idNumber" text, phone text)`)
  })
}

/** The same for the same number, whatever the size. Phones are of the demo block's length and given to nobody. */
function plainPerson(n: number): Plain {
  const dice = scramble(n)
  const common = (of: string, by: number): string => of[Math.floor(of.length * ((by % 4096) / 4096) ** 2)]!
  const given = common(givens, scramble(dice)) + (dice % 100 < 82 ? common(givens, scramble(dice + 7)) : '')
  const day = (n: number): string => String(1 + (n % 28)).padStart(2, '0')
  const lot = Math.floor(n / 999)
  const born = `${1935 + (lot % 88)}-${String(1 + (Math.floor(lot / 88) % 12)).padStart(2, '0')}-${day(Math.floor(lot / 1056))}`
  // Years, months and days in turn, 999 numbers to each: nobody has the number of anybody else, nor that of somebody of the demo town, whose are under 900.
  const first = `239998${born.replaceAll('-', '')}${String(1 + (n % 999)).padStart(3, '0')}`
  return { name: common(surnames, dice) + given, idNumber: first + checkDigitOf(first), phone: `190${String(n).padStart(8, '0')}`, born }
}

/** 31 bits that look thrown, and are the same each time. */
function scramble(n: number): number {
  let x = Math.imul(n + 0x9e3779b9, 0x85ebca6b)
  x ^= x >>> 13
  x = Math.imul(x, 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 1
}

async function indexAgain(owner: pg.Client, indexes: readonly string[]): Promise<void> {
  for (const definition of indexes) await owner.query(definition)
  await owner.query('VACUUM ANALYZE registry.person, registry.address, access.building')
}

/** In clear, with what a list shows of a person in the same row. */
async function copyInClear(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`
      SET ROLE linli_system;
      CREATE TABLE bench.person AS
        SELECT p.person_id, l.name, l.id_number, l.phone, p.address_id, c.name || ' ' || b.name AS place, p.status, p.changed_at, p.community_id, p.cell_id
        FROM bench.plain l JOIN registry.person p USING (person_id) JOIN registry.address a USING (address_id)
          JOIN access.building b USING (building_id) JOIN access.area c ON c.area_id = p.community_id;
      CREATE TABLE bench.address AS SELECT address_id, full_name, cell_id, community_id FROM registry.address;
      GRANT SELECT ON bench.person, bench.address TO linli_app;
      RESET ROLE`)
    await client.query(`SET ROLE linli_system; ALTER TABLE bench.person ADD PRIMARY KEY (person_id);
      CREATE INDEX ON bench.person (id_number); CREATE INDEX ON bench.person (phone);
      CREATE INDEX ON bench.person (address_id); CREATE INDEX ON bench.person USING gin (base.grams(name));
      ALTER TABLE bench.address ADD PRIMARY KEY (address_id); CREATE INDEX ON bench.address (full_name COLLATE "C");
      ANALYZE bench.person; ANALYZE bench.address`)
  } finally {
    await client.end()
  }
}
