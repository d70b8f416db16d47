"use client";

import { createContext, type ReactNode, useContext } from "react";

export type AuthState = {
  needsSetup: boolean;
  /** The name of the identity provider, null where there is none. */
  oidcName: string | null;
  version: string;
  /** Who is signed in already, null for nobody. */
  personName: string | null;
};

const Context = createContext<AuthState | null>(null);

export function AuthStateProvider({ value, children }: { value: AuthState; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** What the doors know before anybody is signed in. */
export function useAuthState(): AuthState {
  const state = useContext(Context);
  if (state === null) throw new Error("useAuthState needs an AuthStateProvider above it");
  return state;
}
