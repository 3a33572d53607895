export { openPhones, type PhoneOptions, type SimulatedPhones } from './phones.ts'
