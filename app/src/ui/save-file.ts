/** Hands a whole file to the person, as a download of this name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then, and holds on to the file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
