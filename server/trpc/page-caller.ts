import { cookies, headers } from "next/headers";
import { readSession } from "../auth/index";
import { composition } from "../composition";
import { clientAddress } from "../http-api/client-address";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const callerFor = createCallerFactory(appRouter);

/** The procedures for a layout that is rendered on the server, called as the person behind the request. */
export async function pageCaller() {
  const parts = composition();
  const session = { db: parts.db, publicUrl: parts.publicUrl, secret: parts.env.NEXTAUTH_SECRET };
  const person = await readSession(session, await cookies());
  const caller = callerFor({
    composition: parts,
    person,
    token: null,
    clientAddress: clientAddress(await headers()),
  });
  return { person, caller, version: parts.env.BENCHWRIGHT_VERSION };
}
