import { expect, test } from 'vitest';
import { REGION_CODE, regionCode, regionText, withoutCode } from '../../src/sealing/region.ts';

test('a region is written with its code, which is found again', () => {
  const bogor = regionText({ code: '32.71', name: 'Kota Bogor', province: 'Jawa Barat' });
  expect(bogor).toBe('Kota Bogor, Jawa Barat (32.71)');
  expect(regionCode(bogor)).toBe('32.71');
  expect(withoutCode(bogor)).toBe('Kota Bogor, Jawa Barat');
  expect(regionText({ code: '32', name: 'Jawa Barat' })).toBe('Jawa Barat (32)');
});

test.each(['aula (lantai 2)', 'di kantor camat', '', '(32.71) di sana'])('%j names no code', (line) => {
  expect(regionCode(line)).toBe(undefined);
  expect(withoutCode(line)).toBe(line);
});

test.each([
  ['32', true],
  ['32.73', true],
  ['3273', false],
  ['32.7', false],
  ['', false],
])('%j as a code: %j', (code, isOne) => expect(REGION_CODE.test(code)).toBe(isOne));
