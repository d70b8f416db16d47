import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { NextRequest } from "next/server";
import { readSession } from "@/server/auth/index";
import { composition } from "@/server/composition";
import { clientAddress } from "@/server/http-api/client-address";
import { refuseCrossSite } from "@/server/http-api/refuse-cross-site";
import { translateError } from "@/server/trpc/errors";
import { appRouter } from "@/server/trpc/root";
import type { RequestContext } from "@/server/trpc/trpc";

export const dynamic = "force-dynamic";

async function contextOf(request: NextRequest): Promise<RequestContext> {
  const parts = composition();
  refuseCrossSite(request, parts.publicUrl);
  const session = { db: parts.db, publicUrl: parts.publicUrl, secret: parts.env.NEXTAUTH_SECRET };
  return {
    composition: parts,
    person: await readSession(session, request.cookies),
    token: null,
    clientAddress: clientAddress(request.headers),
  };
}

const handle = (request: NextRequest): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    responseMeta: () => ({ headers: { "Cache-Control": "no-store" } }),
    createContext: () =>
      contextOf(request).catch((cause: unknown) => {
        throw translateError(
          new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }),
          "the request's context",
        );
      }),
  });

export { handle as GET, handle as POST };
