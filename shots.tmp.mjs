import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-background-networking"] });
const list = process.argv.slice(2);
for (const one of list) {
  const [path, lang, scheme, width] = one.split("|");
  const p = await b.newPage({ locale: lang, colorScheme: scheme, viewport: { width: +width, height: 900 } });
  await p.goto("http://127.0.0.1:8471" + path);
  await p.screenshot({ path: `/tmp/lang-shots/demo${path.replace(/[^a-z]+/gi,"-")}-${lang}-${scheme}-${width}.png`, fullPage: false, clip: { x:0,y:0,width:+width,height: Math.min(1900, await p.evaluate("document.documentElement.scrollHeight")) }, });
  const w = await p.evaluate("document.documentElement.scrollWidth"); if (w != +width) console.log("wide", one, w);
  await p.close();
}
await b.close();
