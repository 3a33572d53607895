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
statement on the same people **in clear**, under a btree on number, phone and the beginning of an address and a GIN index on the pairs of characters of the
name, limited to the same area by its id; addresses in a table of their own, as ours. Eight clients in a closed loop; ours and bare in turn, five rounds, medians (ratios: of the rounds' own). Machines like this are
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
- Of the three each was a way there and back. A read that asks once (\`asksOnce\`) sends opening, question and COMMIT in one packet. Most of what the platform's process did for a search was writing to its sockets.
- The lookup inside \`find_persons\` was planned anew for each question: 170 µs of PostgreSQL, now 70, planned once (a setting of that function's own:
  for the whole page it was slower by far, for the plan then asked \`find_persons\` for each person of the area; it now stands as a query of its own).
- An address was searched by its pairs of characters, a list for each pair, 1.2 ms; people type it from its beginning, which is one place in an ordered
  index: 70 µs. Only where no address begins so do the pairs search. The bare server has that index too, and never needs the pairs.
- Sealing: one person takes fourteen keyed hashes for the search alone. Words that many share (pairs of characters, initials, tails) are hashed
  once in a process, an import masks what it has just sealed without opening it again, and a key is held as Node holds keys: from bytes each hash took
  five times as long.

## Plans at the ${posts.at(-1)?.post} post
${(posts.at(-1)?.kinds ?? []).map(({ kind, plans }) => `\n### ${named[kind]}\n\n${(plans ?? []).map(({ plan }) => `\`\`\`\n${plan.join('\n')}\n\`\`\`\n`).join('\n')}`).join('')}`
}
