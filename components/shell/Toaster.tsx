"use client";

import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { toasterIsReady } from "@/components/ui/toaster-ready";

/** Bottom right, one line each, a close button on every one. */
export function Toaster() {
  // Effects of children run first: the list below listens by now.
  useEffect(toasterIsReady, []);
  return (
    <Sonner
      closeButton
      gap={8}
      icons={{
        success: <StateGlyph state="succeeded" word="spoken" />,
        error: <StateGlyph state="failed" word="spoken" />,
      }}
      offset={36}
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "group flex w-[380px] items-start gap-2 rounded-3 border border-ctl bg-raised px-3 py-2 font-sans text-13 text-ink shadow-float",
          content: "flex-1 min-w-0",
          icon: "h-[18px] flex items-center",
          description: "text-12 text-ink-2",
          actionButton: "link shrink-0",
          closeButton:
            "order-last size-5 shrink-0 inline-flex items-center justify-center rounded-2 text-ink-2 hover:bg-hover",
        },
      }}
      visibleToasts={6}
    />
  );
}
