// How long Kuzu takes to copy the tables of the workload into a file of its own, which npm has as `kuzu`.
//
//   node beside_kuzu.mjs --packages FOLDER --tables DIR --file FILE --out OUT.json [--threads 2]
//
// FOLDER is where `npm install kuzu` was run. FILE is made anew and removed. Entities and events are nodes, participations
// are relations from events to entities, and so are releases and places, which are columns of the events here.
import { join } from 'node:path';
import { bytesOf, hand, options, packageOf, peakMb, processorSeconds, remove, seconds } from './beside.mjs';

const given = options();
const kuzu = packageOf(given.packages, 'kuzu');
const files = [given.file, `${given.file}.wal`, `${given.file}.shadow`];

remove(files);
const start = seconds();
const worked = processorSeconds();
const database = new kuzu.Database(given.file);
const connection = new kuzu.Connection(database, Number(given.threads));
const run = async (text) => (await connection.query(text)).close?.();
const table = (name) => `"${join(given.tables, `${name}.csv`).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
await run('CREATE NODE TABLE Entity(id INT64 PRIMARY KEY, kind STRING, name STRING, country INT64, date DATE)');
await run('CREATE NODE TABLE Event(id INT64 PRIMARY KEY, type INT64, date DATE, release INT64, place INT64)');
await run('CREATE NODE TABLE Type(code INT64 PRIMARY KEY, grp INT64, label STRING)');
await run('CREATE REL TABLE TakesPart(FROM Event TO Entity, role STRING)');
for (const [into, name] of [['Entity', 'entities'], ['Event', 'events'], ['Type', 'types'], ['TakesPart', 'participations']])
  await run(`COPY ${into} FROM ${table(name)} (HEADER=true)`);
await run('CHECKPOINT');
const out = { name: 'Kuzu', version: kuzu.VERSION ?? '', threads: Number(given.threads), load_s: seconds() - start,
              load_processor_s: processorSeconds() - worked, load_peak_mb: peakMb(), disk_mb: bytesOf(files) / 1e6 };
await connection.close();
await database.close();
remove(files);
hand(given.out, out);
