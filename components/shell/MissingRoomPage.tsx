import { NotFound } from "./NotFound";

/** For an address inside a workspace behind which no room is. */
export function MissingRoomPage() {
  return <NotFound />;
}
