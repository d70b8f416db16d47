export { NewSourcePage as default } from "@/components/sources/NewSourcePage";
