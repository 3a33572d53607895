interface Detector {
  detect(image: ImageBitmap): Promise<readonly { rawValue: string }[]>
}

/** The code in a photo, where the browser reads codes; of an address the part behind the last slash. */
export async function readCode(photo: Blob): Promise<string | undefined> {
  const Detectors = (globalThis as unknown as { BarcodeDetector?: new () => Detector }).BarcodeDetector
  if (!Detectors) return undefined
  const [found] = await new Detectors().detect(await createImageBitmap(photo)).catch(() => [])
  return found?.rawValue.split(/[/=]/).at(-1)?.trim()
}
