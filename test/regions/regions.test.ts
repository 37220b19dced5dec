import { describe, expect, test } from 'vitest';
import { openRegions } from '../../src/regions/regions.ts';

const regions = openRegions();
const names = (text: string, limit = 4): string[] => regions.find(text, limit).map(({ name }) => name);

describe('the list', () => {
  test('has the 38 provinces and their 514 kabupaten and kota, each once', () => {
    const regencies = regions.provinces.flatMap(({ code }) => regions.regencies(code));
    expect([regions.provinces.length, regencies.length]).toEqual([38, 514]);
    expect(new Set([...regions.provinces, ...regencies].map(({ code }) => code)).size).toBe(38 + 514);
  });

  test.each([
    ['91', 'Papua', 'Kota Jayapura'],
    ['92', 'Papua Barat', 'Kabupaten Manokwari'],
    ['93', 'Papua Selatan', 'Kabupaten Merauke'],
    ['94', 'Papua Tengah', 'Kabupaten Nabire'],
    ['95', 'Papua Pegunungan', 'Kabupaten Jayawijaya'],
    ['96', 'Papua Barat Daya', 'Kota Sorong'],
  ])('has %s %s with its capital %s', (code, name, capital) => {
    expect(regions.byCode(code)).toEqual({ code, name });
    expect(regions.regencies(code).map((region) => region.name)).toContain(capital);
  });

  test('names the kind, the province and the code with its dot', () => {
    expect(regions.byCode('32.73')).toEqual({ code: '32.73', name: 'Kota Bandung', province: 'Jawa Barat' });
    expect(regions.byCode('32.04')).toEqual({ code: '32.04', name: 'Kabupaten Bandung', province: 'Jawa Barat' });
    expect([regions.byCode('99'), regions.byCode('3273'), regions.byCode('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('is in the order of names, and written as people write it', () => {
    expect(regions.provinces.slice(0, 5).map(({ name }) => name)).toEqual([
      'Aceh',
      'Bali',
      'Banten',
      'Bengkulu',
      'DI Yogyakarta',
    ]);
    expect(regions.regencies('34').map(({ name }) => name)).toEqual([
      'Kabupaten Bantul',
      'Kabupaten Gunungkidul',
      'Kabupaten Kulon Progo',
      'Kabupaten Sleman',
      'Kota Yogyakarta',
    ]);
    for (const { code } of regions.provinces)
      for (const { name } of regions.regencies(code))
        expect(name).toMatch(/^(?:Kabupaten|Kota) (?:[A-Z][a-z]+[ -]?|dan )+$/);
  });

  test('has nothing in a province that there is not, or in a kabupaten', () => {
    expect([regions.regencies('00'), regions.regencies('32.73'), regions.regencies('')]).toEqual([[], [], []]);
  });
});

describe('what people write', () => {
  test.each([
    ['Bandung', ['Kota Bandung', 'Kabupaten Bandung', 'Kabupaten Bandung Barat']],
    ['BANDUNG', ['Kota Bandung', 'Kabupaten Bandung', 'Kabupaten Bandung Barat']],
    ['kota bandung', ['Kota Bandung']],
    ['bandung kota', ['Kota Bandung']],
    ['kodya bandung', ['Kota Bandung']],
    ['Kab. Garut', ['Kabupaten Garut']],
    ['pemkab garut', ['Kabupaten Garut']],
    ['kab bdg barat', ['Kabupaten Bandung Barat']],
    ['kbb', ['Kabupaten Bandung Barat']],
    ['gorontalo', ['Gorontalo', 'Kota Gorontalo', 'Kabupaten Gorontalo', 'Kabupaten Gorontalo Utara']],
    ['solo', ['Kota Surakarta']],
    ['sby', ['Kota Surabaya']],
    ['mks', ['Kota Makassar']],
    ['tangsel', ['Kota Tangerang Selatan']],
    ['jaksel', ['Kota Administrasi Jakarta Selatan']],
    ['gunung kidul', ['Kabupaten Gunungkidul']],
    ['palangka raya', ['Kota Palangkaraya']],
    ['Baubau', ['Kota Bau Bau']],
    ['fakfak', ['Kabupaten Fak Fak']],
    ['tolitoli', ['Kabupaten Toli-Toli']],
    ['tj pinang', ['Kota Tanjung Pinang']],
    ['Tanjungpinang', ['Kota Tanjung Pinang']],
    ['kab. 50 kota', ['Kabupaten Lima Puluh Kota']],
    ['lima puluh kota', ['Kabupaten Lima Puluh Kota']],
    ['kotabaru', ['Kabupaten Kotabaru']],
    ['mentawai', ['Kabupaten Kepulauan Mentawai']],
    ['ujung pandang', ['Kota Makassar']],
    ['bandúng baràt', ['Kabupaten Bandung Barat']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test.each([
    ['jabar', 'Jawa Barat'],
    ['jateng', 'Jawa Tengah'],
    ['Jatim', 'Jawa Timur'],
    ['diy', 'DI Yogyakarta'],
    ['D.I. Yogyakarta', 'DI Yogyakarta'],
    ['daerah istimewa yogyakarta', 'DI Yogyakarta'],
    ['dki', 'DKI Jakarta'],
    ['DKI Jakarta', 'DKI Jakarta'],
    ['provinsi daerah khusus jakarta', 'DKI Jakarta'],
    ['sulsel', 'Sulawesi Selatan'],
    ['sumut', 'Sumatera Utara'],
    ['sumatra barat', 'Sumatera Barat'],
    ['ntt', 'Nusa Tenggara Timur'],
    ['kepri', 'Kepulauan Riau'],
    ['babel', 'Kepulauan Bangka Belitung'],
    ['bangka belitung', 'Kepulauan Bangka Belitung'],
    ['kalbar', 'Kalimantan Barat'],
    ['prov papua barat daya', 'Papua Barat Daya'],
    ['NAD', 'Aceh'],
  ])('the province %s', (text, expected) => {
    expect(names(text)[0]).toBe(expected);
  });

  test('jogja is the province and the city', () => {
    for (const text of ['jogja', 'Yogya', 'jogjakarta', 'Yogyakarta'])
      expect(names(text)).toEqual(['DI Yogyakarta', 'Kota Yogyakarta']);
  });

  test.each([
    ['banjar, jawa barat', ['Kota Banjar']],
    ['kab banjar kalsel', ['Kabupaten Banjar']],
    ['kupang NTT', ['Kota Kupang', 'Kabupaten Kupang']],
    ['sumut - medan', ['Kota Medan']],
    ['sleman jogja', ['Kabupaten Sleman']],
    ['kota jayapura prov papua', ['Kota Jayapura']],
  ])('with its province: %s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test.each([
    ['di kantor camat, kab garut', ['Kabupaten Garut']],
    ['saya di dinas pendidikan kabupaten bandung barat', ['Kabupaten Bandung Barat']],
    ['kecamatan cibatu kab garut jabar', ['Kabupaten Garut']],
    ['lapangan tegal', ['Kota Tegal', 'Kabupaten Tegal']],
  ])('in a longer text: %s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test.each([
    ['makasar', 'Kota Makassar'],
    ['surbaya', 'Kota Surabaya'],
    ['semrang', 'Kota Semarang'],
    ['tasikmalya', 'Kota Tasikmalaya'],
    ['banjarnegra jateng', 'Kabupaten Banjarnegara'],
    ['kab. pekalogan', 'Kabupaten Pekalongan'],
    ['kutai kertanegara', 'Kabupaten Kutai Kartanegara'],
    ['Kalimatan Selatan', 'Kalimantan Selatan'],
    ['kab surabaya', 'Kota Surabaya'],
  ])('misspelt or with the wrong kind: %s', (text, expected) => {
    expect(names(text)[0]).toBe(expected);
  });

  test('every region is found first, or beside the one of the same name, by its own name in any case', () => {
    for (const province of regions.provinces)
      for (const region of [province, ...regions.regencies(province.code)])
        for (const text of [region.name, region.name.toUpperCase(), region.name.replace('Kabupaten', 'kab.')])
          expect([text, names(text, 2)]).toEqual([text, expect.arrayContaining([region.name])]);
  });

  test('what is no region finds none', () => {
    const others = [
      '',
      ' ',
      '?',
      'di',
      'kota',
      'kabupaten',
      'di kantor',
      'balai desa',
      'rumah pak lurah',
      'lewat grup WA',
      'kampung',
      'xyz',
      'barat',
    ];
    for (const text of others) expect([text, names(text)]).toEqual([text, []]);
    expect(names('a'.repeat(5_000))).toEqual([]);
  });

  test('never more than asked for', () => {
    expect([names('papua', 1), names('papua', 3).length, names('papua', 0)]).toEqual([['Papua'], 3, []]);
  });
});
