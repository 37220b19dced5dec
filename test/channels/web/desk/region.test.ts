/** Where a case is listed and counted. */
import { expect, test } from 'vitest';
import { officeFor, regionOf } from '../../../../src/pages/desk/views/cases/region.ts';

test('the region is what was chosen last, wherever it stands, or else what was written first', () => {
  expect(regionOf('kota bandung\nKota Bandung, Jawa Barat (32.73)\ndi aula (lantai 2)')).toBe(
    'Kota Bandung, Jawa Barat (32.73)',
  );
  expect(regionOf('Jawa Barat (32)\nKota Bogor, Jawa Barat (32.71)')).toBe('Kota Bogor, Jawa Barat (32.71)');
  expect(regionOf('Kabupaten Sleman, DI Yogyakarta\nBalai desa')).toBe('Kabupaten Sleman, DI Yogyakarta');
  expect(regionOf('di kantor camat')).toBe('di kantor camat');
  expect(regionOf('')).toBe('');
});

test('an office is found by the code of the region, the closest first; without a code by nobody', () => {
  const units = [
    { name: 'Provinsi', regions: ['32'] },
    { name: 'Bandung', regions: ['32.73', '32.77'] },
    { name: 'Semua', regions: [] },
  ];
  expect(officeFor('Kota Bandung, Jawa Barat (32.73)', units)).toBe('Bandung');
  expect(officeFor('Kota Bogor, Jawa Barat (32.71)', units)).toBe('Provinsi');
  expect(officeFor('Jawa Barat (32)', units)).toBe('Provinsi');
  expect(officeFor('Kabupaten Sleman, DI Yogyakarta (34.04)', units)).toBe(undefined);
  expect(officeFor('di kantor camat', units)).toBe(undefined);
});
