import type { BenchReport } from './bench.ts'
import type { FindLine } from './find.ts'

const named: Record<string, string> = {
  idNumber: 'ID number',
  phone: 'phone',
  twoCharacters: 'two characters of a name',
  threeCharacters: 'whole name',
  address: 'address',
}

/** The report of a `find` run as a page for docs/proof. */
export function findPage(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const posts = report.posts as FindLine[]
  const rows = report.rows.toLocaleString('en')
  const ms = (value: number): string => value.toFixed(1)
  const post = ({ post, perSecond, barePerSecond, ratio, p50, p95, bareP50, bareP95 }: FindLine): string =>
    `| ${post} | ${perSecond.toFixed(0)} | ${barePerSecond.toFixed(0)} | ${ms(p50)} / ${ms(p95)} | ${ms(bareP50)} / ${ms(bareP95)} | ${(1 / ratio).toFixed(2)} |`
  const kinds = posts.flatMap(({ post, kinds }) =>
    kinds.map(
      ({ kind, p50, p95, bareP50, bareP95, statements }) =>
        `| ${post} | ${named[kind]} | ${ms(p50)} / ${ms(p95)} | ${ms(bareP50)} / ${ms(bareP95)} | ${statements} |`,
    ),
  )
  return `# The find bench: one person among ${rows}

\`npm run bench -- find --size 1m --explain --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL). ${rows} people beside those of
the demo town, brought in by the import of the product itself: each sealed under a key of its own, with entries, masks and search tokens.
Of every twenty questions eight are an ID number, four a phone, three two characters of a name, three a whole name, two an address; everybody
asked for exists. Ours is the list of residents over HTTP: session, scope, row level security, masks. The bare server is \`node:http\` with one prepared
statement on the same people **in clear**, under a btree on number and phone and a GIN index on the pairs of characters of name and address, limited to
the same area by its id; addresses in a table of their own, as ours. Eight clients in a closed loop; ours and bare in turn, five rounds, medians (ratios: of the rounds' own). Machines like this are
shared: trust the ratios, not the times.

| post | ours /s | bare /s | ours p50 / p95, ms | bare p50 / p95, ms | ours p95 ÷ bare p95 |
|---|---|---|---|---|---|
${posts.map(post).join('\n')}

Asked for: at most 2.0. Worst ${(1 / report.ratio).toFixed(2)} (${report.worst}). Resident memory of the platform ${report.rssMb} MB.

| post | question | ours p50 / p95, ms | bare p50 / p95, ms | our statements |
|---|---|---|---|---|
${kinds.join('\n')}

Statements count the one that opens the transaction with its settings and COMMIT.

## What was slow
- A search asked for ids first and for the page then, and an address besides changed its role there and back: four and six statements. The functions
  that ask for the scope themselves (\`find_persons\`, \`find_homes\`) now stand in the statement of the page: three.
- Sealing: one person takes fourteen keyed hashes for the search alone. Words that many share (pairs of characters, initials, tails) are hashed
  once in a process, and an import masks what it has just sealed without opening it again.

## What still is
- EXPLAIN gives the statement of the page, with its policies, more time for planning than for reading (below). How often the prepared one is planned
  anew was not measured. One plan for all questions (\`plan_cache_mode\`, as the list of cases has it) was tried and was slower by far, a p95 of 452 ms
  in its run: probably because the setting reaches into \`find_persons\`. A setting of that function's own is the next thing to try.

## Plans at the ${posts.at(-1)?.post} post
${(posts.at(-1)?.kinds ?? []).map(({ kind, plans }) => `\n### ${named[kind]}\n\n${(plans ?? []).map(({ plan }) => `\`\`\`\n${plan.join('\n')}\n\`\`\`\n`).join('\n')}`).join('')}`
}
