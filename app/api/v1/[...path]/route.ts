import { composition } from "@/server/composition";
import { handleApiRequest } from "@/server/http-api/handle-api-request";

export const dynamic = "force-dynamic";

const handle = (request: Request): Promise<Response> => handleApiRequest(request, composition);

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
