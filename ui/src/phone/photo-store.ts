/** Photos wait here, on the device, until they have been sent: a page that is closed or reloaded loses none. */
export interface PhotoStore {
  put(id: string, photo: Blob): Promise<void>
  get(id: string): Promise<Blob | undefined>
  remove(id: string): Promise<void>
}

const memory = new Map<string, Blob>()

/** IndexedDB where there is one; otherwise memory, until the page closes. */
export const photoStore: PhotoStore = {
  async put(id, photo) {
    memory.set(id, photo)
    await inStore('readwrite', (store) => store.put(photo, id)).catch(() => undefined)
  },
  async get(id) {
    return memory.get(id) ?? (await inStore<Blob | undefined>('readonly', (store) => store.get(id)).catch(() => undefined))
  },
  async remove(id) {
    memory.delete(id)
    await inStore('readwrite', (store) => store.delete(id)).catch(() => undefined)
  },
}

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('linli', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('photo')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await open()
  return await new Promise((resolve, reject) => {
    const request = act(database.transaction('photo', mode).objectStore('photo'))
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error)
  })
}
