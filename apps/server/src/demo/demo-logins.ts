import { baseRoles } from '@linli/access/define'
import { codeOf } from './seed-town.ts'
import { offices } from './town-offices.ts'
import { demoPassword, people } from './town-people.ts'

export interface DemoLogin {
  role: string
  account: string
  password: string
  areaCode: string
}

/** Every account of the demo town, the people of the stories first: the first of a role shows that role at work. */
export const demoLogins = (): DemoLogin[] =>
  people.map(({ account, role, area }) => ({ role, account, password: demoPassword, areaCode: codeOf(area) }))

/** The same for a sign-in page: what the role is called, and where its holder sits. */
export const namedDemoLogins = (): (Omit<DemoLogin, 'areaCode'> & { roleName: string; orgName: string })[] =>
  people.map(({ account, role, office }) => ({
    role,
    roleName: baseRoles.find(({ key }) => key === role)?.name ?? role,
    orgName: offices[office].name,
    account,
    password: demoPassword,
  }))
