export const THEME_KEY = "benchwright-theme";

/** Runs before the first paint: `light` and `dark` are taken as kept, everything else follows the system. */
export const THEME_SCRIPT = `(function(){var k="system";try{k=localStorage.getItem("${THEME_KEY}")||"system"}catch(e){}
var d=k==="dark"||(k!=="light"&&matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.setAttribute("data-theme",d?"dark":"light")})()`;
