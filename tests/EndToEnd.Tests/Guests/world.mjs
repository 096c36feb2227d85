// Makes world.wat.wasm of world.wat: a core module with the world `plugin` of plugin.wit in its component-type section,
// as tools for C and Rust leave it; and of that the component world.component.wasm.
// Usage, with @bytecodealliance/jco installed by npm: node world.mjs
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco';
import { readFileSync, writeFileSync } from 'node:fs';

const module = await componentEmbed({
  binary: await parse(readFileSync('world.wat', 'utf8')),
  witSource: readFileSync('../Wit/plugin.wit', 'utf8'),
  world: 'plugin',
  dummy: false,
  features: { tag: 'all' },
});
writeFileSync('world.wat.wasm', module);
writeFileSync('world.component.wasm', await componentNew(module));
