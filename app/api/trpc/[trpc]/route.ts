import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { NextRequest } from "next/server";
import { readSession } from "@/server/auth/index";
import { composition } from "@/server/composition";
import { clientAddress } from "@/server/http-api/client-address";
import { refuseCrossSite } from "@/server/http-api/refuse-cross-site";
import { appRouter } from "@/server/trpc/root";

export const dynamic = "force-dynamic";

const handle = (request: NextRequest): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    responseMeta: () => ({ headers: { "Cache-Control": "no-store" } }),
    createContext: async () => {
      const parts = composition();
      try {
        refuseCrossSite(request, parts.publicUrl);
      } catch (cause) {
        throw new TRPCError({ code: "FORBIDDEN", cause });
      }
      const session = { db: parts.db, publicUrl: parts.publicUrl, secret: parts.env.NEXTAUTH_SECRET };
      return {
        composition: parts,
        person: await readSession(session, request.cookies),
        token: null,
        clientAddress: clientAddress(request.headers),
      };
    },
  });

export { handle as GET, handle as POST };
