// duckdb.mjs: DuckDB's side of `make bench`: loads a tick file once a call or answers timed queries, on 2 threads.
//   node duckdb.mjs NODE_MODULES load TICKS.csv DB       -> {"seconds": …, "bytes": …, "peak_kib": …}
//   node duckdb.mjs NODE_MODULES query DB OUT.csv FROM BEHIND -> one JSON object: job -> {"seconds": …, "answer": rows}
import { createRequire } from 'node:module';
import fs from 'node:fs';

const [modules, verb, ...args] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + '/')('@duckdb/node-api');

function seconds(start) {
  return Number(process.hrtime.bigint() - start) / 1e9;
}

async function open(path) {
  const instance = await DuckDBInstance.create(path, { threads: '2' });
  return await instance.connect();
}

async function load(csv, path) {
  for (const file of [path, path + '.wal']) fs.rmSync(file, { force: true });
  const connection = await open(path);
  const start = process.hrtime.bigint();
  await connection.run(`CREATE TABLE ticks AS SELECT * FROM read_csv('${csv}', header = true,
    columns = {'time': 'TIMESTAMP', 'pair': 'VARCHAR', 'rate': 'DECIMAL(18,5)'})`);
  await connection.run('CHECKPOINT');
  const took = seconds(start);
  console.log(JSON.stringify({ seconds: took, bytes: fs.statSync(path).size, peak_kib: process.resourceUsage().maxRSS }));
}

async function query(path, out, from, behind) {
  const connection = await open(path);
  const pair = "pair = 'EUR/USD'";
  const range = `${pair} AND time >= '${from}' AND time < '${behind}'`;
  const asof = (time, sign) => `SELECT rate FROM ticks WHERE ${pair} AND time ${sign} '${time}' ORDER BY time DESC LIMIT 1`;
  const jobs = {
    summary: `SELECT count(*), min(rate), max(rate), arg_min(rate, time), arg_max(rate, time) FROM ticks WHERE ${range}`,
    change: `SELECT (${asof(from, '<=')}), (${asof(behind, '<')})`,
    asof: asof(behind, '<='),
    decode: `SELECT sum(rate), max(time) FROM ticks`,
    ohlc: `SELECT arg_min(rate, time), max(rate), min(rate), arg_max(rate, time), count(*)
           FROM ticks WHERE ${pair} GROUP BY date_trunc('day', time) ORDER BY date_trunc('day', time)`,
    export: `COPY (SELECT time, pair, rate FROM ticks) TO '${out}' (HEADER)`,
  };
  const result = {};
  for (const [name, sql] of Object.entries(jobs)) {
    const start = process.hrtime.bigint();
    const rows = (await connection.runAndReadAll(sql)).getRowsJson();
    result[name] = { seconds: seconds(start), answer: name === 'export' ? null : rows };
  }
  console.log(JSON.stringify(result));
}

await (verb === 'load' ? load(...args) : query(...args));
process.exit(0);
