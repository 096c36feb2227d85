// Makes the plugins of their sources. Those in C and text are committed; the one in JavaScript is of 12 MB.
// For plugin.c, clang must be there: clang --target=wasm32 -O2 -mbulk-memory -nostdlib -Wl,--no-entry -o plugin.c.core plugin.c
import { componentize } from '@bytecodealliance/componentize-js';
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const wit = { witPath: '../plugin.wit', worldName: 'plugin' };
const { component } = await componentize(readFileSync('plugin.js', 'utf8'), {
  ...wit,
  disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'], // so that it imports the host alone
});
writeFileSync('plugin.js.wasm', component);

await wrap('plugin.wat.wasm', await parse(readFileSync('plugin.wat', 'utf8')));
if (existsSync('plugin.c.core')) {
  await wrap('plugin.c.wasm', readFileSync('plugin.c.core'));
}

async function wrap(name, binary) {
  const module = await componentEmbed({
    binary,
    witSource: readFileSync('../plugin.wit', 'utf8'),
    world: 'plugin',
    dummy: false,
    features: { tag: 'all' },
  });
  writeFileSync(name, await componentNew(module));
}
