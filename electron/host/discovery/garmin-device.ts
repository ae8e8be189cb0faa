import { FormatError } from '../../formats/proof.ts'
import { XmlReader, type XmlListener } from '../../formats/xml/reader.ts'

/** What Musette reads of a GarminDevice.xml. The file holds keys and the unit's id too: those are never kept. */
export interface GarminDevice {
  /** `Edge 530`; null where the file does not tell. */
  readonly name: string | null
  /** Folders below the volume's root, as the device writes them. */
  readonly activities: readonly string[]
  readonly newFiles: readonly string[]
}

const mostPaths = 8
const longestName = 60

/** Reads the description a Garmin carries. Of a broken one, what came before the break. */
export function readGarminDevice(xml: Uint8Array): GarminDevice {
  const found = new DeviceReader()
  const reader = new XmlReader(found)
  try {
    reader.push(xml)
    reader.finish()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
  }
  return { name: found.name, activities: found.activities, newFiles: found.newFiles }
}

class DeviceReader implements XmlListener {
  name: string | null = null
  readonly activities: string[] = []
  readonly newFiles: string[] = []
  #dataType = ''
  #path = ''
  #direction = ''
  #files: { readonly path: string; readonly direction: string }[] = []

  open(name: string): void {
    if (name === 'datatype') {
      this.#dataType = ''
      this.#files = []
    } else if (name === 'file') {
      this.#path = ''
      this.#direction = ''
    }
  }

  close(name: string, text: string, above: readonly string[]): void {
    const parent = above.at(-1)
    if (name === 'description' && parent === 'model') this.name ??= plainName(text)
    else if (name === 'name' && parent === 'datatype') this.#dataType = text
    else if (name === 'path' && parent === 'location') this.#path = text
    else if (name === 'transferdirection' && parent === 'file') this.#direction = text
    else if (name === 'file') this.#files.push({ path: this.#path, direction: this.#direction })
    else if (name === 'datatype') this.#endDataType()
  }

  #endDataType(): void {
    for (const { path, direction } of this.#files.slice(0, mostPaths)) {
      if (path === '') continue
      if (this.#dataType === 'FIT_TYPE_4' && /^(?:Output|InputOutput)/i.test(direction)) {
        this.activities.push(path)
      } else if (this.#dataType === 'FIT_TYPE_5' && /^Input/i.test(direction)) this.newFiles.push(path)
    }
    this.#files = []
  }
}

function plainName(text: string): string | null {
  const plain = text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longestName)
  return plain === '' ? null : plain
}
