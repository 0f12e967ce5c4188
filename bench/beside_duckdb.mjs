// The workload beside ours in DuckDB, which npm has as @duckdb/node-api: how long it takes to copy the tables into a file, and
// to make those that answer its questions soon; and, with --expected, its questions with their parameters, each answer compared with the expected one.
//
//   node beside_duckdb.mjs --packages FOLDER --tables DIR --file FILE --out OUT.json [--expected DIR] [--threads 2] [--bound 20]
//
// FOLDER is where `npm install @duckdb/node-api` was run. FILE is made anew and removed. A question that takes longer than
// --bound seconds is broken off, and the rest of its kind is not asked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, bytesOf, fail, hand, linesOf, options, packageOf, peakMb, processorSeconds, remove, seconds, tables } from './beside.mjs';

const given = options({ expected: { type: 'string' }, bound: { type: 'string', default: '20' } });
const { DuckDBInstance, version } = packageOf(given.packages, '@duckdb/node-api');
const files = [given.file, `${given.file}.wal`];
const meta = JSON.parse(readFileSync(join(given.tables, 'meta.json'), 'utf8'));
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

remove(files);
const database = await DuckDBInstance.create(given.file, { threads: given.threads });
const connection = await database.connect();
const run = (sql) => connection.run(sql);

async function load() {
  await run(`
    CREATE TABLE entities(id INTEGER, kind VARCHAR, name VARCHAR, country INTEGER, date DATE);
    CREATE TABLE events(id INTEGER, type INTEGER, date DATE, release INTEGER, place INTEGER);
    CREATE TABLE participations(event INTEGER, entity INTEGER, role VARCHAR);
    CREATE TABLE types(code INTEGER, grp INTEGER, label VARCHAR)`);
  for (const table of tables) await run(`COPY ${table} FROM ${quoted(join(given.tables, `${table}.csv`))} (HEADER)`);
  await run('CHECKPOINT');
}

// A table for each way in, in the order in which it is asked, so that most of it is passed over. Indexes made none of the
// questions faster.
async function tablesForQuestions() {
  await run(`
    CREATE TABLE of_entity AS SELECT DISTINCT p.entity, year(e.date) * 10000 + month(e.date) * 100 + day(e.date) AS date, p.event
      FROM participations p JOIN events e ON e.id = p.event ORDER BY ALL;
    CREATE TABLE of_event AS SELECT DISTINCT event, entity FROM participations ORDER BY ALL;
    CREATE TABLE pairs AS SELECT a.entity AS a, b.entity AS b, a.date, a.event, e.type, coalesce(e.place, 0) AS place, e.release
      FROM of_entity a JOIN of_event b ON b.event = a.event AND a.entity < b.entity JOIN events e ON e.id = a.event
      WHERE b.entity < ${meta.off0} ORDER BY ALL;
    CREATE TABLE names AS SELECT name, id FROM entities WHERE id < ${meta.rel0} ORDER BY ALL;
    CHECKPOINT`);
}

const day = (date) => Number(date.replaceAll('-', ''));
const pair = (p) => [Math.min(p.a, p.b), Math.max(p.a, p.b)];
const single = (rows) => rows[0][0] ?? -1;
const asked = (from) => `SELECT v.entity FROM of_entity p JOIN of_event v ON v.event = p.event WHERE p.entity ${from} AND p.date BETWEEN $2 AND $3`;

// Breadth first from one end, an entity once, until the other end is reached or nothing is left.
const path = (through) => `
  WITH RECURSIVE reached(entity, steps) USING KEY (entity) AS (
    SELECT $1::INTEGER, 0
    UNION
    SELECT v.entity, any_value(r.steps) + 1 FROM reached r JOIN of_entity p ON p.entity = r.entity JOIN of_event v ON v.event = p.event
    WHERE ${through} v.entity NOT IN (SELECT entity FROM recurring.reached)
      AND NOT EXISTS (SELECT 1 FROM recurring.reached WHERE entity = $2)
    GROUP BY v.entity)
  SELECT max(steps) FROM reached WHERE entity = $2`;

const questions = {
  Q1: [`SELECT event, date, type, place, release FROM pairs WHERE a = $1 AND b = $2 AND date BETWEEN $3 AND $4
        ORDER BY date DESC, event DESC LIMIT 100`, (p) => [...pair(p), day(p.d1), day(p.d2)]],
  Q1c: ['SELECT count(*) FROM pairs WHERE a = $1 AND b = $2', pair, single],
  Q2: [`SELECT entity, count(*) n FROM (${asked('= $1')} AND v.entity <> $1) GROUP BY entity ORDER BY n DESC, entity LIMIT 20`,
       (p) => [p.x, day(p.d1), day(p.d2)]],
  Q3: [`WITH near AS MATERIALIZED (SELECT DISTINCT entity FROM (${asked('= $1')}))
        SELECT count(DISTINCT entity) FROM (${asked('IN (SELECT entity FROM near)')}) WHERE entity <> $1`,
       (p) => [p.x, day(p.d1), day(p.d2)], single],
  Q4: [path(`v.entity BETWEEN ${meta.off0} AND ${meta.for0 - 1} AND`), (p) => [p.x, p.y], single],
  Q4h: [path(''), (p) => [p.x, p.y], single],
  Q5: [`SELECT date // 100 m, type // 10 g, count(*) FROM pairs WHERE a = $1 AND b = $2 AND date BETWEEN $3 AND $4
        GROUP BY m, g ORDER BY m, g`, (p) => [...pair(p), day(p.d1), day(p.d2)]],
  Q6p: ['SELECT id, name FROM names WHERE name >= $1 AND name < $2 ORDER BY name, id LIMIT 10', (p) => [p.p, `${p.p}\u{10FFFF}`]],
  Q6f: [`SELECT id, levenshtein(name, $1) e FROM names WHERE strlen(name) BETWEEN strlen($1) - 2 AND strlen($1) + 2 AND e <= 2
         ORDER BY e, id LIMIT 10`, (p) => [p.q]],
};

// Its rows as the workload writes answers, or nothing when it was broken off.
async function answerOf(statement) {
  const alarm = setTimeout(() => connection.interrupt(), Number(given.bound) * 1000);
  try {
    const rows = (await statement.runAndReadAll()).getRows();
    return rows.map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)));
  } catch (error) {
    if (/interrupt/i.test(error.message)) return undefined;
    throw error;
  } finally {
    clearTimeout(alarm);
  }
}

// Each question twice, the second time counted.
async function ask(name, [sql, parameters, form = (rows) => rows]) {
  const all = linesOf(join(given.expected, `${name}.params.jsonl`));
  const expected = linesOf(join(given.expected, `${name}.answers.jsonl`));
  const statement = await connection.prepare(sql);
  const times = [];
  for (let i = 0; i < all.length; ++i) {
    statement.bind(parameters(all[i]));
    if ((await answerOf(statement)) === undefined) break;
    const start = seconds();
    const rows = await answerOf(statement);
    if (rows === undefined) break;
    times.push((seconds() - start) * 1e6);
    if (JSON.stringify(form(rows)) !== JSON.stringify(expected[i]))
      fail(`DuckDB does not give the expected answer to ${name} ${JSON.stringify(all[i])}: ${JSON.stringify(form(rows)).slice(0, 200)}`);
  }
  return { asked: times.length, of: all.length, p50_us: at(times, 0.5), p95_us: at(times, 0.95) };
}

async function best(rounds, work) {
  let least = Infinity;
  for (let round = 0; round < rounds; ++round) {
    const start = seconds();
    await work();
    least = Math.min(least, seconds() - start);
  }
  return least;
}

const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(Number));

async function wholeGraph(name, below) {
  const expected = JSON.parse(readFileSync(join(given.expected, `${name}.answers.json`), 'utf8'));
  const start = seconds();
  await run(`CREATE OR REPLACE TEMP TABLE arcs AS SELECT a.entity AS a, b.entity AS b, count(*)::DOUBLE AS n
    FROM of_event a JOIN of_event b ON b.event = a.event AND a.entity <> b.entity
    WHERE a.entity < ${below} AND b.entity < ${below} GROUP BY ALL`);
  const told = { build_s: seconds() - start };
  for (const [key, weight] of [['pagerank_weighted', 'n'], ['pagerank_unweighted', '1']]) {
    let top;
    told[`${key}_s`] = await best(2, async () => {
      await run(`CREATE OR REPLACE TEMP TABLE sums AS SELECT a, sum(${weight}) AS w FROM arcs GROUP BY a;
        CREATE OR REPLACE TEMP TABLE ranks AS SELECT a AS entity, 1.0::DOUBLE / count(*) OVER () AS x FROM sums`);
      for (let round = 0; round < 20; ++round)
        await run(`CREATE OR REPLACE TEMP TABLE ranks AS SELECT t.b AS entity, 0.15 / ${expected.nodes} + 0.85 * sum(r.x / s.w * ${weight === 'n' ? 't.n' : 1}) AS x
          FROM arcs t JOIN ranks r ON r.entity = t.a JOIN sums s ON s.a = t.a GROUP BY t.b`);
      top = await rowsOf('SELECT entity, x FROM ranks ORDER BY x DESC, entity LIMIT 20');
    });
    // Sums in another order differ in their last digits, and then equals change places: every expected one must have its
    // value, and no other more.
    const value = new Map(await rowsOf(`SELECT entity, x FROM ranks WHERE entity IN (${expected[key].map(([entity]) => entity)})`));
    const near = (x, y) => Math.abs(x - y) < 1.1e-9;
    const same = expected[key].every(([entity, x], i) => near(value.get(entity), x) && near(top[i][1], x));
    if (!same) fail(`DuckDB does not give the expected ${key} of ${name}: ${JSON.stringify(top)}`);
  }
  told.components_s = await best(2, async () => {
    // Each takes the least label around it until none changes.
    await run('CREATE OR REPLACE TEMP TABLE labels AS SELECT DISTINCT a AS entity, a AS label FROM arcs');
    for (let changed = 1; changed !== 0; ) {
      await run(`CREATE OR REPLACE TEMP TABLE next AS SELECT l.entity, least(l.label, min(o.label)) AS label, l.label AS was
        FROM labels l JOIN arcs t ON t.a = l.entity JOIN labels o ON o.entity = t.b GROUP BY l.entity, l.label`);
      [[changed]] = await rowsOf('SELECT count(*) FROM next WHERE label <> was');
      await run('CREATE OR REPLACE TEMP TABLE labels AS SELECT entity, label FROM next');
    }
    const [[components, largest]] = await rowsOf('SELECT count(*), max(n) FROM (SELECT count(*) AS n FROM labels GROUP BY label)');
    if (components !== expected.components || largest !== expected.largest)
      fail(`DuckDB does not give the expected components of ${name}: ${components}, the largest of ${largest}`);
  });
  return told;
}

const start = seconds();
const worked = processorSeconds();
await load();
const out = { name: 'DuckDB', version: version?.() ?? '', threads: Number(given.threads), load_s: seconds() - start,
              load_processor_s: processorSeconds() - worked, load_peak_mb: peakMb(), disk_mb: bytesOf(files) / 1e6 };
const begun = seconds();
await tablesForQuestions();
out.tables_s = seconds() - begun;
if (given.expected) {
  out.bound_s = Number(given.bound);
  out.questions = {};
  for (const [name, question] of Object.entries(questions)) out.questions[name] = await ask(name, question);
  out.whole = { Q7country: await wholeGraph('Q7country', meta.off0), Q7full: await wholeGraph('Q7full', 2 ** 31 - 1) };
}
connection.closeSync();
database.closeSync();
remove(files);
hand(given.out, out);
