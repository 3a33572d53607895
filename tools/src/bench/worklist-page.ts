import type { BenchReport } from './bench.ts'
import type { WorklistLine } from './worklist.ts'

/** The report of a `worklist` run as a page for docs/proof. */
export function worklistPage(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const posts = report.posts as WorklistLine[]
  const [few, many] = (report.sizes as number[]).map((size) => size.toLocaleString('en')) as [string, string]
  const whole = (value: number): string => value.toFixed(0)
  const line = (post: WorklistLine): string =>
    `| ${post.name} | ${whole(post.perSecond)} | ${whole(post.barePerSecond)} | ${post.ratio.toFixed(2)} | ${whole(post.p50)} / ${whole(post.p95)} / ${whole(post.p99)} | ${whole(post.bareP95)} | ${post.growth.toFixed(2)} |`
  return `# The worklist bench: what is open, by deadline, at ${many} cases

\`npm run bench -- worklist --size 1m --explain --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL). One page of
twenty open cases by deadline with the cursor to the next, over HTTP, under row level security, of four posts: a grid cell that has a tenth of
all cases, its township, the county, and a department that works on half of what is dispatched. Two platforms stand side by side, one with ${few} cases and
one with ${many}; of each post ours and the bare server are asked in turn, seven rounds, medians (ratios: of the rounds' own), 8 clients in a closed loop. The bare server
is \`node:http\` and \`pg\` with the very statements (settings and COMMIT included) that the product was recorded to send, and no session,
routing, masking or shape. Machines like this are shared: trust the ratios, not the rates.

| post | ours /s | bare /s | ratio | ours p50 / p95 / p99, ms | bare p95, ms | p95 at ${many} ÷ at ${few} |
|---|---|---|---|---|---|---|
${posts.map(line).join('\n')}

Asked for: ratio at the worst post at least 0.5, p95 at most 1.5 times as long. Worst ratio ${report.ratio.toFixed(2)} (${report.worst}), most growth
${Number(report.growth).toFixed(2)}. Resident memory of the platform ${report.rssMb} MB.

## Plans
${posts.map(({ name, plans }) => `\n### ${name}\n\n${(plans ?? []).map(({ statement, plan }) => `\`${statement.slice(0, 160)}…\`\n\n\`\`\`\n${plan.join('\n')}\n\`\`\`\n`).join('\n')}`).join('')}`
}
