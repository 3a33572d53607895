/** Builds the portals whose sources changed since they were built. The boot scripts are plain JavaScript without types. */
export async function buildPortals(): Promise<void> {
  const { buildPortals: build } = (await import(new URL('../../../scripts/boot/build.mjs', import.meta.url).href)) as {
    buildPortals(node: string): Promise<void>
  }
  await build(process.execPath)
}
