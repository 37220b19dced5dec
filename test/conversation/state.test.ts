/** What is stored of a conversation: states of an earlier version are read as they are, anything else begins anew. */
import { expect, test } from 'vitest';
import { newState, parseState } from '../../src/conversation/state.ts';

test('a state of version 1 goes on where it was', () => {
  const old = {
    version: 1,
    at: 1_700_000_000_000,
    settings: { actor: 'pppk' },
    flow: { kind: 'answered', rule: 'medsos-like', others: ['medsos-share'] },
    choices: [{ label: 'Bukan ini', send: '/bukan medsos-like' }],
  };
  expect(parseState(JSON.stringify(old))).toEqual({ ...old, version: 2 });
});

test('a state in the middle of a report is read again', () => {
  const state = {
    ...newState(),
    at: 1,
    flow: { kind: 'report', step: 'who', editing: true, asking: 'file', wrong: 2 },
  };
  expect(parseState(JSON.stringify(state))).toEqual(state);
});

test.each([
  ['of a later version', { ...newState(), version: 3 }],
  ['with a step that is not known', { ...newState(), flow: { kind: 'report', step: 'why', editing: false, wrong: 0 } }],
  ['that is no state', []],
])('a state %s begins anew', (_, stored) => expect(parseState(JSON.stringify(stored))).toEqual(newState()));

test('a text in a state is not read back', () => {
  const state = { ...newState(), flow: { kind: 'report', step: 'what', editing: false, wrong: 0, told: 'camat' } };
  expect(JSON.stringify(parseState(JSON.stringify(state)))).not.toContain('camat');
});
