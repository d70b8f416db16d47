"use client";

import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** One sentence below the title; read out with it. */
  description?: ReactNode;
  width?: 480 | 640;
  children: ReactNode;
};

/** Only for irreversible or multi-field acts. Esc closes; focus returns to where it was. */
export function Dialog({ isOpen, onClose, title, description, width = 480, children }: DialogProps) {
  return (
    <Primitive.Root onOpenChange={(open) => !open && onClose()} open={isOpen}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(8_16_12_/_.4)]" />
        <Primitive.Content
          className={classNames(
            "fixed top-[14vh] left-1/2 z-50 max-h-[80vh] max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-auto",
            "rounded-3 border border-ctl bg-raised p-4 text-ink shadow-float",
            width === 480 ? "w-[480px]" : "w-[640px]",
          )}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <Primitive.Title className="font-semibold text-15">{title}</Primitive.Title>
          {description !== undefined && (
            <Primitive.Description className="mt-1 text-ink-2">{description}</Primitive.Description>
          )}
          <div className="mt-3">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
