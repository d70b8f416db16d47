import type { NextRequest } from "next/server";
import { composition } from "@/server/composition";
import { handleResultRequest } from "@/server/http-api/handle-result-request";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ workspace: string; queryId: string }> };

export async function GET(request: NextRequest, { params }: Params): Promise<Response> {
  const asked = { ...(await params), what: "rows" as const };
  return handleResultRequest(request, asked, { compose: composition, cookies: request.cookies });
}
