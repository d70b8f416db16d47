import type { NextRequest } from "next/server";
import nextAuth from "next-auth";
import type { Failure } from "@/domain/shared/failure";
import { processSignInLimit, signInOptions } from "@/server/auth/index";
import { composition } from "@/server/composition";
import { clientAddress } from "@/server/http-api/client-address";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Params): Promise<Response> {
  const { env, ...parts } = composition();
  let refused: Failure | null = null as Failure | null;
  const options = signInOptions({
    ...parts,
    secret: env.NEXTAUTH_SECRET,
    signInLimit: processSignInLimit(),
    clientAddress: clientAddress(request.headers),
    onRefused: (failure) => {
      refused = failure;
    },
  });
  const response: Response = await nextAuth(request, context, options);
  if (refused?.code !== "rate_limited") return response;
  return new Response(response.body, { status: 429, headers: response.headers });
}

export { handle as GET, handle as POST };
