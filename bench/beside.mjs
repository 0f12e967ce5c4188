// What the programs beside ours have in common: options of the command line, a package that the user installed in a
// folder of theirs, CSV files of the workload, figures of a row of times.
import { createRequire } from 'node:module';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const tables = ['entities', 'events', 'participations', 'types'];

// One sentence on standard error, and out.
export function fail(why) {
  process.stderr.write(`${process.argv[1]?.split('/').pop()}: ${why}\n`);
  process.exit(1);
}

// --packages, --tables, --file and --out are always needed.
export function options(more = {}) {
  const needed = ['packages', 'tables', 'file', 'out'];
  const wanted = Object.fromEntries(needed.map((name) => [name, { type: 'string' }]));
  let values;
  try {
    ({ values } = parseArgs({ options: { ...wanted, threads: { type: 'string', default: '2' }, ...more } }));
  } catch (error) {
    fail(error.message);
  }
  for (const name of needed) if (!values[name]) fail(`--${name} is missing`);
  for (const table of tables)
    if (!existsSync(join(values.tables, `${table}.csv`))) fail(`${values.tables} has no ${table}.csv`);
  return values;
}

// The package `name` that was installed in `folder`.
export function packageOf(folder, name) {
  try {
    return createRequire(join(resolve(folder), 'package.json'))(name);
  } catch (error) {
    return fail(`no usable ${name} in ${folder} (${error.message.split('\n')[0]}); install it there: npm install --prefix ${folder} ${name}`);
  }
}

export const seconds = () => Number(process.hrtime.bigint()) / 1e9;
export const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
// The most memory that this process ever had, in MB.
export const peakMb = () => process.resourceUsage().maxRSS / 1024;
export const linesOf = (path) => readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
export const bytesOf = (files) => files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
export const remove = (files) => files.forEach((file) => rmSync(file, { force: true, recursive: true }));
export const hand = (path, value) => writeFileSync(path, JSON.stringify(value));
export const at = (times, part) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};
