import { composition } from "@/server/composition";
import { handleApiRequest } from "@/server/http-api/handle-api-request";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ path: string[] }> };

async function handle(request: Request, { params }: Params): Promise<Response> {
  const { path } = await params;
  return handleApiRequest(request, path.map(decodeURIComponent), composition);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
