import { newId } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import { careGroups, checkDigitOf, type HouseholdRole, healthNotePurpose } from '@linli/registry/define'
import { importDwellings, importPersons, type NewDwelling, type NewPerson } from '@linli/registry/server'
import { Random } from './history/random.ts'
import { inventName, isHouse } from './history/residents.ts'
import { communityPlans } from './town-places.ts'

const seed = 20_261

interface House {
  building_id: string
  name: string
  community_id: string
  cell_code: string
}

/**
 * The people of the town: households in the dwellings of its houses, with elders who live alone, whom to call for them, and what they agreed
 * to. All invented: numbers of the region 239999 that was never given out, phones of the block 1999999xxxx. As system.
 */
export async function seedRegistry(system: Ctx, vault: Vault, people: number): Promise<number> {
  const random = new Random(seed)
  const houses = (
    await system.rows(sql<House>`
      SELECT b.building_id, b.name, b.community_id, a.code AS cell_code FROM access.building b JOIN access.area a ON a.area_id = b.cell_id
      ORDER BY a.code, b.name COLLATE "C"`)
  ).filter(({ name }) => isHouse(name))
  const town = new Households(random)
  town.addStory(houses)
  while (town.persons.length < people) town.addHousehold(random.pick(houses))
  const dwellings = await importDwellings(system, town.dwellings)
  // The son stands as a file of the police said: what it says is not changed at a desk.
  const [elder, son, ...others] = town.persons
  if (elder) await importPersons(system, vault, [elder], { dwellings, source: 'demo' })
  if (son) await importPersons(system, vault, [son], { dwellings, source: 'policeFile' })
  for (let at = 0; at < others.length; at += 1000) {
    await importPersons(system, vault, others.slice(at, at + 1000), { dwellings, source: 'demo' })
  }
  return town.persons.length
}

/** Who acts for the elder of the stories. */
export const storySon = { name: '赵志远', phone: '19999991001' }

class Households {
  readonly dwellings: NewDwelling[] = []
  readonly persons: NewPerson[] = []
  readonly #random: Random
  readonly #taken = new Set<string>()
  #phones = 9999
  /** One to each dwelling. */
  readonly #households: string[] = []

  constructor(random: Random) {
    this.#random = random
  }

  /** The elder of the stories, who lives alone, and the son who acts for her. */
  addStory(houses: readonly House[]): void {
    const house = houses.filter(({ cell_code }) => cell_code === `${communityPlans.oldEstate.code}001`)[2]
    if (!house) return
    const home = this.#open(house, '2单元', '501室')
    const son = storySon
    this.persons.push({
      ...this.#person(house, 'owner', home, { name: '赵桂兰', phone: '19999991000', born: 1951, healthNote: '高血压；每天早晚服药' }),
      careGroups: [{ careGroup: 'elder.lives-alone', basis: '社区走访登记', from: '2025-03-12' }],
      contacts: [
        { kind: 'emergency', relation: '儿子', ...son, from: '2025-03-12' },
        { kind: 'emergency', relation: '邻居', name: '孙玉华', phone: '19999991900', from: '2025-03-12' },
      ],
      consents: [healthNotePurpose, 'elderly-care.sos', 'elderly-care.activity', 'elderly-care.power'].map((purpose) => ({
        purpose,
        textVersion: '2025-01',
        channel: 'paper',
      })),
      proxies: [
        { relation: '儿子', ...son, scope: ['alarms', 'matters', 'file'], from: '2025-03-12', textVersion: '2025-01', channel: 'paper' },
      ],
    })
    this.persons.push(this.#person(house, 'owner', this.#open(house, '1单元', '302室'), { ...son, born: 1978 }))
  }

  /** One dwelling with who lives there: a family, a couple, tenants, or somebody alone. */
  addHousehold(house: House): void {
    const home = this.#openAny(house)
    if (home === undefined) return
    const random = this.#random
    const surname = inventName(random).slice(0, 1)
    const isOld = random.chance(0.3)
    const isAlone = random.chance(isOld ? 0.3 : 0.2)
    const residence = random.chance(0.75) ? 'owner' : 'tenant'
    const born = isOld ? random.integer(1938, 1963) : random.integer(1966, 1998)
    const first = this.#person(house, residence, home, { name: surname + inventName(random).slice(1), born })
    if (isOld && isAlone) this.#care(first, 'elder.lives-alone')
    this.persons.push(first)
    if (isAlone) return
    const second = this.#person(house, 'family', home, { name: inventName(random), born: born + random.integer(-4, 4), role: 'spouse' })
    if (isOld) for (const elder of [first, second]) this.#care(elder, 'elder.empty-nest')
    this.persons.push(second)
    if (isOld) return
    for (let child = random.integer(0, 2); child > 0; child--) {
      const born = random.integer(2006, 2023)
      this.persons.push(
        this.#person(house, 'family', home, { name: surname + inventName(random).slice(1), born, role: 'child', phone: undefined }),
      )
    }
  }

  /** With somebody to call; now and then in a further group. */
  #care(person: NewPerson, careGroup: string): void {
    const random = this.#random
    const from = `2025-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`
    const further = random.chance(0.12) ? ['elder.care-dependent'] : random.chance(0.04) ? ['disabledPerson.severe'] : []
    // Now and then one that the grid worker is not shown.
    const closer = this.persons.length % 61 === 0 ? ['family-planning.special'] : []
    const known = [careGroup, ...further, ...closer].filter((key) => careGroups.some((group) => group.key === key))
    person.careGroups = known.map((key) => ({ careGroup: key, basis: '社区走访登记', from }))
    const child = { name: inventName(random), phone: `1999999${random.integer(2000, 2999)}` }
    if (random.chance(0.8)) person.contacts = [{ kind: 'emergency', relation: random.pick(['女儿', '儿子', '侄子']), ...child, from }]
    const purposes = careGroup === 'elder.lives-alone' ? ['sos', 'activity'] : ['sos']
    const agreed = { textVersion: '2025-01', channel: 'paper' }
    if (random.chance(0.35)) person.consents = purposes.map((purpose) => ({ purpose: `elderly-care.${purpose}`, ...agreed }))
  }

  /** Of somebody born in that year; nobody has it yet. */
  #idNumber(born: number): string {
    const random = this.#random
    const day = `${born}${String(random.integer(1, 12)).padStart(2, '0')}${String(random.integer(1, 28)).padStart(2, '0')}`
    const first = `239999${day}${String(random.integer(1, 999)).padStart(3, '0')}`
    if (this.#taken.has(first)) return this.#idNumber(born)
    this.#taken.add(first)
    return first + checkDigitOf(first)
  }

  #openAny(house: House): number | undefined {
    for (let attempt = 0; attempt < 8; attempt++) {
      const random = this.#random
      const entrance = `${random.integer(1, 3)}单元`
      const dwelling = `${random.integer(1, 6)}0${random.integer(1, 4)}室`
      if (!this.#taken.has(`${house.building_id} ${entrance} ${dwelling}`)) return this.#open(house, entrance, dwelling)
    }
    return undefined
  }

  /** The place of the dwelling in the list. */
  #open({ building_id: buildingId }: House, entrance: string, dwelling: string): number {
    this.#taken.add(`${buildingId} ${entrance} ${dwelling}`)
    this.#households.push(newId())
    return this.dwellings.push({ buildingId, entrance, dwelling }) - 1
  }

  #person(
    { community_id: communityId }: House,
    residence: 'owner' | 'tenant' | 'family',
    at: number,
    { born, role = 'head', ...said }: { name: string; born: number; role?: HouseholdRole; phone?: string | undefined; healthNote?: string },
  ): NewPerson {
    const random = this.#random
    const idNumber = this.#idNumber(born)
    const birthDate = `${born}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
    const came = `20${String(random.integer(8, 25)).padStart(2, '0')}-05-01`
    const phone = 'phone' in said ? said.phone : `1999999${this.#phones--}`
    return {
      values: {
        name: said.name,
        idNumber,
        birthDate,
        sex: Number(idNumber[16]) % 2 === 1 ? '1' : '2',
        ...(phone ? { phone } : {}),
        ...(said.healthNote ? { healthNote: said.healthNote } : {}),
      },
      communityId,
      home: {
        at,
        residence,
        on: came < birthDate ? birthDate : came,
        household: { householdId: this.#households[at]!, role },
      },
    }
  }
}
