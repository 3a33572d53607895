import type { OfficeName } from './town-offices.ts'
import { communityPlans, type PlaceName } from './town-places.ts'

/** Published on purpose: the demo serves loopback only, and README lines must work as pasted. */
export const demoPassword = 'linli-demo-2026'

export interface PersonPlan {
  account: string
  name: string
  role: string
  office: OfficeName
  /** A place by name, or the code of a cell. */
  area: PlaceName | `cell:${string}`
}

const person = (account: string, name: string, role: string, office: OfficeName, area: PersonPlan['area']): PersonPlan => ({
  account,
  name,
  role,
  office,
  area,
})
const clerk = (account: string, name: string, office: OfficeName): PersonPlan => person(account, name, 'departmentClerk', office, 'county')

/** The people of the stories first: `npm start` shows the first login of each role. All invented. */
const storyPeople: readonly PersonPlan[] = [
  person('community', '王小燕', 'communityWorker', 'oldEstateParty', 'oldEstate'),
  person('grid', '周倩', 'gridWorker', 'oldEstateCommittee', `cell:${communityPlans.oldEstate.code}001`),
  person('dispatcher', '陈明', 'dispatcher', 'subdistrictCenter', 'subdistrict'),
  person('township-lead', '赵国强', 'townshipLead', 'subdistrictOffice', 'subdistrict'),
  clerk('housing-clerk', '刘芳', 'housing'),
  person('housing-lead', '郑红', 'departmentLead', 'housing', 'county'),
  person('property', '冯涛', 'propertyClerk', 'propertyCompany', 'commercialEstate'),
  person('county-lead', '沈立', 'countyLead', 'government', 'county'),
  person('county-dispatcher', '韩雪', 'countyDispatcher', 'operationsCenter', 'county'),
  person('system-admin', '许诺', 'systemAdmin', 'dataBureau', 'county'),
  person('security-admin', '丁宁', 'securityAdmin', 'dataBureau', 'county'),
  person('audit-admin', '潘岳', 'auditAdmin', 'government', 'county'),
  person('community-2', '何静', 'communityWorker', 'commercialCommittee', 'commercialEstate'),
  person('village', '柳春生', 'communityWorker', 'villageParty', 'village'),
  person('grid-lead', '罗永强', 'gridLead', 'oldEstateCommittee', `cell:${communityPlans.oldEstate.code}001`),
]

/** Their colleagues, so that every case of the history was made by somebody. */
const colleagues: readonly PersonPlan[] = [
  person('community-3', '吴桂兰', 'communityWorker', 'oldEstateCommittee', 'oldEstate'),
  person('community-4', '罗敏', 'communityWorker', 'songhuaCommittee', 'songhua'),
  person('dispatcher-2', '高远', 'dispatcher', 'subdistrictCenter', 'subdistrict'),
  person('dispatcher-3', '唐玲', 'dispatcher', 'otherSubdistrictCenter', 'otherSubdistrict'),
  person('dispatcher-4', '邓波', 'dispatcher', 'townCenter', 'town'),
  person('township-lead-2', '曾伟', 'townshipLead', 'otherSubdistrictOffice', 'otherSubdistrict'),
  person('township-lead-3', '蒋勇', 'townshipLead', 'townGovernment', 'town'),
  clerk('housing-clerk-2', '马骏', 'housing'),
  clerk('law-clerk', '袁野', 'lawEnforcement'),
  person('law-lead', '段鹏', 'departmentLead', 'lawEnforcement', 'county'),
  clerk('land-clerk', '谢丹', 'naturalResources'),
  clerk('environment-clerk', '苏杭', 'environment'),
  clerk('transport-clerk', '彭飞', 'transport'),
  clerk('development-clerk', '范琳', 'development'),
  clerk('market-clerk', '魏来', 'market'),
  clerk('technology-clerk', '石磊', 'technology'),
  clerk('civil-clerk', '程静', 'civilAffairs'),
  clerk('agriculture-clerk', '田耕', 'agriculture'),
  clerk('water-clerk', '江涛', 'water'),
  clerk('commerce-clerk', '龚悦', 'commerce'),
  clerk('culture-clerk', '卢舟', 'culture'),
  clerk('health-clerk', '任洁', 'health'),
  clerk('insurance-clerk', '姚远', 'medicalInsurance'),
  clerk('education-clerk', '方圆', 'education'),
  clerk('labor-clerk', '廖凯', 'labor'),
  clerk('justice-clerk', '贾诚', 'justice'),
  clerk('services-clerk', '夏雨', 'governmentServices'),
  person('petition-clerk', '白帆', 'departmentClerk', 'petitionOffice', 'county'),
  person('hotline', '秦岚', 'departmentClerk', 'hotline', 'county'),
  person('subdistrict-clerk', '冉旭', 'departmentClerk', 'subdistrictTeam', 'subdistrict'),
  person('subdistrict-clerk-2', '霍燕', 'departmentClerk', 'otherSubdistrictTeam', 'otherSubdistrict'),
  person('town-clerk', '柯明', 'departmentClerk', 'townTeam', 'town'),
  person('village-2', '柳秀英', 'communityWorker', 'villageCommittee', 'village'),
  person('police', '雷刚', 'departmentClerk', 'policeStation', 'subdistrict'),
  person('police-2', '崔健民', 'departmentClerk', 'otherPoliceStation', 'otherSubdistrict'),
  person('police-3', '毛军', 'departmentClerk', 'townPoliceStation', 'town'),
  person('owners', '邹平', 'propertyClerk', 'ownersCommittee', 'commercialEstate'),
]

const gridNames = ['孙磊', '黄丽', '宋阳', '杜鹃', '叶青', '梁晨', '董洁', '余波', '汪蕾', '柳树根', '柳成林'] as const

/** One grid worker in every cell but the first, which is 周倩's. */
const gridWorkers: readonly PersonPlan[] = [
  ...['002', '003', '004'].map((cell) => ({ office: 'oldEstateCommittee' as const, cell: `${communityPlans.oldEstate.code}${cell}` })),
  ...['001', '002', '003', '004'].map((cell) => ({
    office: 'commercialCommittee' as const,
    cell: `${communityPlans.commercialEstate.code}${cell}`,
  })),
  ...['001', '002', '003', '004'].map((cell) => ({ office: 'villageCommittee' as const, cell: `${communityPlans.village.code}${cell}` })),
].map(({ office, cell }, i) => person(`grid-${i + 2}`, gridNames[i]!, 'gridWorker', office, `cell:${cell}`))

export const people: readonly PersonPlan[] = [...storyPeople, ...colleagues, ...gridWorkers]
