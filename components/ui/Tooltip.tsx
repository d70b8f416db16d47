"use client";

import * as Primitive from "radix-ui/tooltip";
import type { ReactElement } from "react";

/** A sentence about the control that it wraps, on hover and on focus. The control is described by it. */
export function Tooltip({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Primitive.Provider delayDuration={200}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            className="z-50 max-w-80 rounded-3 border border-line-2 bg-raised px-2 py-1 text-12 text-ink shadow-float"
            collisionPadding={8}
            sideOffset={4}
          >
            {text}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
