"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { toasterWanted } from "@/components/ui/toaster-ready";

const Toaster = dynamic(() => import("./Toaster").then((module) => module.Toaster), { ssr: false });

/** Where toasts appear; fetched with the first one. */
export function Toasts() {
  const isWanted = useSyncExternalStore(toasterWanted.subscribe, toasterWanted.getSnapshot, () => false);
  return isWanted ? <Toaster /> : null;
}
