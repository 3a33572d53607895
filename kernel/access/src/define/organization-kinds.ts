/** A kind of organization as data. `levels` are the area levels at which one may be set up. */
export interface OrganizationKind {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly levels: readonly ('county' | 'township' | 'community')[]
}

export const organizationKinds: readonly OrganizationKind[] = [
  { key: 'countyGovernment', name: '县（区）人民政府', nameEn: 'County government', levels: ['county'] },
  { key: 'politicalLegalCommission', name: '政法委员会', nameEn: 'Political-legal commission', levels: ['county'] },
  { key: 'socialWorkDepartment', name: '社会工作部', nameEn: 'Social-work department', levels: ['county'] },
  { key: 'publicSafetyCenter', name: '综治中心', nameEn: 'Public safety center', levels: ['county', 'township', 'community'] },
  { key: 'urbanOperationsCenter', name: '城运中心', nameEn: 'Urban operations center', levels: ['county', 'township'] },
  { key: 'hotline', name: '12345 热线', nameEn: '12345 hotline', levels: ['county'] },
  { key: 'dataBureau', name: '数据局', nameEn: 'Data bureau', levels: ['county'] },
  { key: 'petitionOffice', name: '信访局', nameEn: 'Petition office', levels: ['county', 'township'] },
  { key: 'department', name: '职能部门', nameEn: 'Department', levels: ['county', 'township'] },
  { key: 'policeStation', name: '派出所', nameEn: 'Police station', levels: ['county', 'township'] },
  { key: 'subdistrictOffice', name: '街道办事处', nameEn: 'Subdistrict office', levels: ['township'] },
  { key: 'townGovernment', name: '乡镇人民政府', nameEn: 'Town government', levels: ['township'] },
  { key: 'residentsCommittee', name: '居（村）民委员会', nameEn: "Residents' committee", levels: ['community'] },
  { key: 'partyBranch', name: '党组织', nameEn: 'Party organization', levels: ['county', 'township', 'community'] },
  { key: 'propertyCompany', name: '物业服务企业', nameEn: 'Property company', levels: ['county', 'township', 'community'] },
  { key: 'ownersCommittee', name: '业主委员会', nameEn: "Owners' committee", levels: ['community'] },
  { key: 'socialOrganization', name: '社会组织', nameEn: 'Social organization', levels: ['county', 'township', 'community'] },
  { key: 'localUnit', name: '驻区单位', nameEn: 'Local unit', levels: ['township', 'community'] },
]

/** Who leads the grid differs from county to county; the offices that follow from it are set up as one template. */
export interface OrganizationTemplate {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  /** Kind of the office that leads grid work in the county. */
  readonly lead: string
  /** Kinds set up in the county, in each township and in each community; `government` stands for the office that fits the township. */
  readonly county: readonly string[]
  readonly township: readonly string[]
  readonly community: readonly string[]
}

export const organizationTemplates: readonly OrganizationTemplate[] = [
  {
    key: 'politicalLegal',
    name: '政法委牵头',
    nameEn: 'Led by the political-legal commission',
    lead: 'politicalLegalCommission',
    county: ['countyGovernment', 'politicalLegalCommission', 'publicSafetyCenter', 'hotline', 'dataBureau', 'petitionOffice'],
    township: ['government', 'publicSafetyCenter', 'policeStation'],
    community: ['residentsCommittee', 'partyBranch'],
  },
  {
    key: 'socialWork',
    name: '社会工作部牵头',
    nameEn: 'Led by the social-work department',
    lead: 'socialWorkDepartment',
    county: ['countyGovernment', 'socialWorkDepartment', 'publicSafetyCenter', 'hotline', 'dataBureau', 'petitionOffice'],
    township: ['government', 'publicSafetyCenter', 'policeStation'],
    community: ['residentsCommittee', 'partyBranch'],
  },
  {
    key: 'urbanOperations',
    name: '城运中心牵头',
    nameEn: 'Led by the urban operations center',
    lead: 'urbanOperationsCenter',
    county: ['countyGovernment', 'urbanOperationsCenter', 'publicSafetyCenter', 'hotline', 'dataBureau', 'petitionOffice'],
    township: ['government', 'urbanOperationsCenter', 'policeStation'],
    community: ['residentsCommittee', 'partyBranch'],
  },
]
