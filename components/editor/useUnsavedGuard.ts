"use client";

import { useEffect } from "react";

/**
 * While `isDirty`, asks before the page is left by a link, a reload or by closing it. Links to paths below `keepsBelow`
 * are followed without asking: the draft outlives them.
 */
export function useUnsavedGuard(isDirty: boolean, keepsBelow: string | null = null): void {
  useEffect(() => {
    // The browser's own ways out of a page.
    if (!isDirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest("a[href]");
      if (!link || link.getAttribute("target") === "_blank" || event.ctrlKey || event.metaKey) return;
      if (keepsBelow !== null && isBelow((link as HTMLAnchorElement).href, keepsBelow)) return;
      if (window.confirm("The document has changes that are not saved. Leave and lose them?")) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [isDirty, keepsBelow]);
}

function isBelow(href: string, path: string): boolean {
  const url = new URL(href, window.location.href);
  return url.origin === window.location.origin && `${url.pathname}/`.startsWith(`${path}/`);
}
