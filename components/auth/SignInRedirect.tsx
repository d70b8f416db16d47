"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Leads to the sign-in page, which leads back here. */
export function SignInRedirect() {
  const router = useRouter();
  useEffect(() => {
    // The address bar: a layout on the server does not know the path below it.
    const here = window.location.pathname + window.location.search + window.location.hash;
    router.replace(`/sign-in?callbackUrl=${encodeURIComponent(here)}`);
  }, [router]);
  return <p className="p-6 text-ink-2">You are not signed in. Going to the sign-in page.</p>;
}
