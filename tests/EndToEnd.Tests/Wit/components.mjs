// Makes the components of the guests of plugin.wit: <world>.component.wasm of <world>.wat.
// Usage, with @bytecodealliance/jco installed by npm: node components.mjs
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco';
import { readFileSync, writeFileSync } from 'node:fs';

for (const world of ['plugin', 'whole', 'library']) {
  const module = await componentEmbed({
    binary: await parse(readFileSync(`${world}.wat`, 'utf8')),
    witSource: readFileSync('plugin.wit', 'utf8'),
    world,
    dummy: false,
    features: { tag: 'all' },
  });
  writeFileSync(`${world}.component.wasm`, await componentNew(module));
}
