/** Tells who is at work on a key. What a process held is free once that process is gone, however it went. */
export interface KeyHolds {
  /** What lets go of the key, or null where it is held already, by this process or by another that lives. */
  hold(key: string): Promise<(() => Promise<void>) | null>;
}
