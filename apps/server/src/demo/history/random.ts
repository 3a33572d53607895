/** Chance that is the same on every machine and every day: one seed, one town. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** In [0, 1): mulberry32, which is plenty for inventing appeals and useless for secrets. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  integer(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T
  }

  /** One of the list, the likelier the heavier. */
  weigh<T>(list: readonly T[], weightOf: (item: T) => number): T {
    const total = list.reduce((sum, item) => sum + weightOf(item), 0)
    let rest = this.next() * total
    for (const item of list) {
      rest -= weightOf(item)
      if (rest < 0) return item
    }
    return list.at(-1) as T
  }

  /** Around the median, now and then much longer: how office work takes its time. */
  around(median: number, spread = 0.7): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
    return median * Math.exp(normal * spread)
  }

  /** A UUID version 7 of that instant. */
  id(at: Date): string {
    const time = at.getTime().toString(16).padStart(12, '0')
    const hex = (digits: number): string => Array.from({ length: digits }, () => this.integer(0, 15).toString(16)).join('')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[this.integer(0, 3)]}${hex(3)}-${hex(12)}`
  }
}
