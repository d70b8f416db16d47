/** The toaster is fetched with the first toast: this says when it is wanted and when it is there. */
let isWanted = false;
const listeners = new Set<() => void>();

let tellReady: () => void = () => {};
const ready = new Promise<void>((resolve) => {
  tellReady = resolve;
});

export const toasterWanted = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  getSnapshot: (): boolean => isWanted,
};

/** Resolves when the toaster listens. */
export function wantToaster(): Promise<void> {
  isWanted = true;
  for (const listener of listeners) listener();
  return ready;
}

/** The toaster calls this as soon as it listens. */
export function toasterIsReady(): void {
  tellReady();
}
