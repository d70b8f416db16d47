/** Never drawn: the layout leads on. */
export default function Page() {
  return null;
}
