"use client";

import * as Primitive from "radix-ui/tabs";
import type { ReactNode } from "react";

export type TabItem = { value: string; label: ReactNode; content: ReactNode };

export type TabsProps = {
  label: string;
  items: TabItem[];
  value: string;
  onChange: (value: string) => void;
  /** Stands right of the tab row. */
  aside?: ReactNode;
};

/** Tabs with a 2 px line under the chosen one. The caller keeps the value, usually in the URL. */
export function Tabs({ label, items, value, onChange, aside }: TabsProps) {
  return (
    <Primitive.Root className="flex min-h-0 flex-1 flex-col" onValueChange={onChange} value={value}>
      <div className="flex shrink-0 items-center border-line border-b bg-panel px-1">
        <Primitive.List aria-label={label} className="flex">
          {items.map((item) => (
            <Primitive.Trigger
              className="-mb-px h-[30px] border-transparent border-b-2 px-2.5 font-medium text-13 text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink"
              key={item.value}
              value={item.value}
            >
              {item.label}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {aside !== undefined && <div className="ml-auto flex items-center gap-2 px-2 text-12">{aside}</div>}
      </div>
      {items.map((item) => (
        <Primitive.Content className="min-h-0 flex-1 overflow-auto" key={item.value} value={item.value}>
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
