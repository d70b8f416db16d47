"use client";

import dynamic from "next/dynamic";

const Toaster = dynamic(() => import("./Toaster").then((module) => module.Toaster), { ssr: false });

/** Where toasts appear; fetched after the page is live. */
export function Toasts() {
  return <Toaster />;
}
