"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** One parameter of the URL as state, so that the view can be shared by its address. Null removes it. */
export function useQueryParam(name: string): { value: string | null; set: (value: string | null) => void } {
  const params = useSearchParams();
  const path = usePathname();
  const set = useCallback(
    (value: string | null) => {
      // Read from the address: another parameter may have changed since the last render.
      const next = new URLSearchParams(window.location.search);
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
      const query = next.toString();
      window.history.replaceState(null, "", query ? `${path}?${query}` : path);
    },
    [name, path],
  );
  return { value: params.get(name), set };
}
