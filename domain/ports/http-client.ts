export type HttpRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
};

export type HttpAnswer = {
  status: number;
  contentType: string | null;
  /** At most as much as the client takes; `isCut` says that there was more. */
  body: string;
  isCut: boolean;
};

/**
 * Sends requests to servers elsewhere. It follows redirects of GET and HEAD, and drops the headers where one leads to
 * another server. Addresses of this machine and of private networks are refused unless the operator named the host.
 *
 * Failures: `forbidden` (an address that is not to be asked), `engine_unavailable` (no connection, or it broke off;
 * retryable), `invalid_input` (no address). `signal` ends the request.
 */
export interface HttpClient {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
}
