// Runs the program built for wasm32-wasip1 in Node.js, in the place of the native one: node .ci/wasi.mjs PROGRAM.wasm NATIVE ARGUMENTS…
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { argv, cwd, env, exit } from 'node:process';
import { WASI } from 'node:wasi';

const [, , program, , ...words] = argv;
const wasi = new WASI({ version: 'preview1', args: ['fencheng', ...words], env, preopens: { [tmpdir()]: tmpdir(), [cwd()]: cwd(), '.': cwd() }, returnOnExit: true });
const made = await WebAssembly.instantiate(await WebAssembly.compile(await readFile(program)), wasi.getImportObject());
exit(wasi.start(made));
