// Copyright the Kip developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// merge-others.mjs TRACE yjs | yjs-one-by-one | automerge | automerge-by-hundreds: what bench-merge does, with Automerge and with Yjs.  Two replicas
// with the same tickets; each makes its edits of the trace, one transaction an edit; then one takes in what
// the other shipped and every value is read.  One line: name, milliseconds, bytes shipped, digest of the values.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as Automerge from '@automerge/automerge';
import * as Y from 'yjs';

const edits = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map(line => {
  const [replica, ticket, field, value] = line.split('\t');
  return { replica: Number(replica), ticket, field, value };
});
const tickets = [...new Set(edits.map(edit => edit.ticket))].sort();
const fields = [...new Set(edits.map(edit => edit.field))].sort();

// By the clock other programs would be measured, too.
function now() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function tell(name, times, bytes, digest) {
  times.sort((a, b) => a - b);
  console.log([name, times[times.length >> 1].toFixed(1), bytes, digest].join('\t'));
}

// Every value, whoever won.
function digest(read) {
  const hash = createHash('sha256');

  for (const ticket of tickets)
    for (const field of fields)
      hash.update(`${read(ticket, field) ?? ''}\n`);
  return hash.digest('hex').slice(0, 16);
}

function withYjs() {
  const base = new Y.Doc();
  const docs = [new Y.Doc(), new Y.Doc()];

  base.transact(() => {
    for (const ticket of tickets)
      base.getMap('tickets').set(ticket, new Y.Map());
  });
  for (const doc of docs)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  for (const { replica, ticket, field, value } of edits)
    docs[replica].transact(() => docs[replica].getMap('tickets').get(ticket).set(field, value));

  const own = Y.encodeStateAsUpdate(docs[0]);
  const shipped = Y.encodeStateAsUpdate(docs[1], Y.encodeStateVector(base));
  const times = [];
  let found;

  for (let i = 0; i < 5; i++) {
    const doc = new Y.Doc();

    Y.applyUpdate(doc, own);
    const begin = now();
    Y.applyUpdate(doc, shipped);
    found = digest((ticket, field) => doc.getMap('tickets').get(ticket).get(field));
    times.push(now() - begin);
  }
  tell('Yjs', times, shipped.length, found);
}

// As they arrive from a network: an update for each edit.
function withYjsOneByOne() {
  const base = new Y.Doc();
  const docs = [new Y.Doc(), new Y.Doc()];
  const updates = [];

  base.transact(() => {
    for (const ticket of tickets)
      base.getMap('tickets').set(ticket, new Y.Map());
  });
  for (const doc of docs)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  docs[1].on('update', update => updates.push(update));
  for (const { replica, ticket, field, value } of edits)
    docs[replica].transact(() => docs[replica].getMap('tickets').get(ticket).set(field, value));

  const own = Y.encodeStateAsUpdate(docs[0]);
  const times = [];
  let found;

  for (let i = 0; i < 5; i++) {
    const doc = new Y.Doc();

    Y.applyUpdate(doc, own);
    const begin = now();
    for (const update of updates)
      Y.applyUpdate(doc, update);
    found = digest((ticket, field) => doc.getMap('tickets').get(ticket).get(field));
    times.push(now() - begin);
  }
  tell('Yjs, an update an edit', times, updates.reduce((sum, update) => sum + update.length, 0), found);
}

// A map is copied with every change: small ones within one large take a hundredth of the time.
function bucketOf(ticket) {
  return String(Number(ticket) % 100);
}

// A change is made by copying what it is in: of large numbers so many edits share one, which spares it work.
function withAutomerge(together) {
  const buckets = {};

  for (const ticket of tickets)
    (buckets[bucketOf(ticket)] ??= {})[ticket] = {};

  const base = Automerge.from({ buckets });
  const docs = [Automerge.clone(base), Automerge.clone(base)];

  // Making them is not measured, and takes long.
  for (const replica of [0, 1]) {
    const own = edits.filter(edit => edit.replica === replica);

    for (let i = 0; i < own.length; i += together)
      docs[replica] = Automerge.change(docs[replica], doc => {
        for (const { ticket, field, value } of own.slice(i, i + together))
          doc.buckets[bucketOf(ticket)][ticket][field] = value;
      });
  }

  const own = Automerge.save(docs[0]);
  const shipped = Automerge.getChanges(base, docs[1]);
  const times = [];
  let found;

  for (let i = 0; i < 3; i++) {
    let doc = Automerge.load(own);
    const begin = now();

    [doc] = Automerge.applyChanges(doc, shipped);
    found = digest((ticket, field) => doc.buckets[bucketOf(ticket)][ticket][field]?.toString());
    times.push(now() - begin);
  }
  tell(together > 1 ? `Automerge, ${together} edits a transaction` : 'Automerge', times, shipped.reduce((sum, change) => sum + change.length, 0), found);
}

const systems = {
  yjs: withYjs, 'yjs-one-by-one': withYjsOneByOne,
  automerge: () => withAutomerge(1), 'automerge-by-hundreds': () => withAutomerge(100)
};

systems[process.argv[3]]();
