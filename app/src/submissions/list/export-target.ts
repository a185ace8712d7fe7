import { GrowingFile } from '#api/growing-file.ts'
import { saveFile } from '#ui/save-file.ts'

/** Where an export is written to. Nothing is left of it unless it is finished. */
export type Target = {
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  finish: () => Promise<void>
  discard: () => Promise<void>
}

/** The File System Access API, which TypeScript does not know: where it is missing, files are downloads. */
type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>

/**
 * Lets the person choose a file on their disk where the browser can write to it as the export comes; else
 * gathers it for a download at its end. To be called in the moment of a press.
 *
 * @returns undefined when they chose none
 */
export async function chooseTarget(name: string): Promise<Target | undefined> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: Picker }
  if (!showSaveFilePicker) return inMemory(name)
  try {
    const handle = await showSaveFilePicker({ suggestedName: name })
    return onDisk(handle, await handle.createWritable())
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    throw error
  }
}

/** The browser writes beside the file and puts it in its place when it is closed; a file that was there stays till then. */
function onDisk(handle: FileSystemFileHandle, file: FileSystemWritableFileStream): Target {
  return {
    write: (bytes) => file.write(bytes),
    finish: () => file.close(),
    async discard() {
      // What could not be written is given up already.
      await file.abort().catch(() => {})
      await removeEmpty(handle)
    },
  }
}

/** The picker makes an empty file; not every browser can take it away again. */
async function removeEmpty(handle: FileSystemFileHandle & { remove?: () => Promise<void> }): Promise<void> {
  const { size } = await handle.getFile()
  if (size === 0) await handle.remove?.()
}

/** Downloaded at its end. */
function inMemory(name: string): Target {
  let file = new GrowingFile()
  return {
    write: async (bytes) => file.add(bytes),
    finish: async () => saveFile(file.content, name),
    async discard() {
      file = new GrowingFile()
    },
  }
}
