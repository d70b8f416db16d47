import { notFound } from "next/navigation";

/** An address inside a workspace behind which no room is: said inside the shell. */
export default function Page() {
  notFound();
}
