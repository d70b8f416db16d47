"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { createContext, type ReactNode, useContext, useState } from "react";
import { type AppRouter, useTRPC } from "@/components/trpc";
import type { Role } from "@/domain/workspaces/role";

export type Me = inferRouterOutputs<AppRouter>["auth"]["me"];

export type Workbench = { me: Me; workspace: { slug: string; name: string; role: Role }; version: string };

const Context = createContext<Workbench | null>(null);

/** Who works in which workspace, known before the first paint. */
export function WorkbenchProvider({ children, ...workbench }: Workbench & { children: ReactNode }) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useState(() => queryClient.setQueryData(trpc.auth.me.queryKey(), workbench.me));
  return <Context value={workbench}>{children}</Context>;
}

export function useWorkbench(): Workbench {
  const workbench = useContext(Context);
  if (workbench === null) throw new Error("useWorkbench needs a WorkbenchProvider above it");
  return workbench;
}
