import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { EVIDENCE_LIMIT, type Evidence, inspectEvidence } from '../../src/reports/evidence.ts';
import { cleanPicture } from '../../src/reports/evidence-picture.ts';
import { encodeEntry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { REFUSED, SECRETS, slope, TAKEN, talkativeJpeg, talkativePng, zip } from './evidence-files.ts';
import { foundIn, jpegSegments, pngChunks } from './evidence-scan.ts';

/** The cleaned picture, or the test fails. */
async function cleaned(bytes: Uint8Array, name?: string) {
  const found = await inspectEvidence(bytes, name);
  if (found.kind !== 'clean') throw new Error(`not clean: ${JSON.stringify(found)}`);
  return found.file;
}

/** Red, green, blue of one pixel. */
async function pixel(bytes: Uint8Array, left: number, top: number): Promise<number[]> {
  return [...(await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

const why = (found: Evidence) => (found.kind === 'refused' ? found.why : found.kind);

describe('a photo', () => {
  let sent: Buffer;
  let file: Awaited<ReturnType<typeof cleaned>>;
  beforeAll(async () => {
    sent = await talkativeJpeg();
    file = await cleaned(sent, 'Siti-Dinas-Pendidikan-IMG_2041.jpg');
  });

  test('says where, when, by whom and with what it was taken as it comes', () => {
    const { pngText: _, ...ofPhoto } = SECRETS;
    expect(Object.keys(ofPhoto).filter((name) => !foundIn(sent, SECRETS).includes(`${name} as utf8`))).toEqual([]);
  });

  test('says none of it afterwards, in any writing', () => {
    expect(foundIn(file.bytes, SECRETS)).toEqual([]);
  });

  test('consists of nothing but the picture: no segment for anything else, nothing behind its end', () => {
    const { markers, rest } = jpegSegments(file.bytes);
    // start, JFIF, tables, frame, scan, end
    expect(
      markers.filter((marker) => !['d8', 'e0', 'db', 'c0', 'c2', 'c4', 'dd', 'da', 'd9'].includes(marker)),
    ).toEqual([]);
    expect(rest).toBe(0);
    expect(jpegSegments(sent).markers).toEqual(expect.arrayContaining(['e1', 'e2', 'ed', 'fe']));
  });

  test('stands upright, as it was held', async () => {
    const { width, height, orientation } = await sharp(file.bytes).metadata();
    expect([width, height, orientation]).toEqual([1200, 1600, undefined]);
    // turned to the right: what was below on the left is above on the left
    const [red = 0, green = 0] = await pixel(file.bytes, 3, 3);
    expect([red < 20, green > 235]).toEqual([true, true]);
  });

  test('is called foto.jpg, whatever it was called', async () => {
    for (const name of ['laporan bambang.pdf', '../../etc/passwd', '', undefined])
      expect((await cleaned(sent, name)).name).toBe('foto.jpg');
    expect(file.type).toBe('image/jpeg');
  });
});

describe('a screenshot', () => {
  test('keeps its sharp edges as PNG, and nothing but the picture', async () => {
    const sent = await talkativePng();
    expect(foundIn(sent, SECRETS)).toEqual(
      expect.arrayContaining(['make as utf8', 'xmp as utf8', 'pngText as utf8', 'trailing as utf8']),
    );
    const file = await cleaned(sent, 'Screenshot_WhatsApp_Siti.png');
    expect([file.name, file.type]).toEqual(['foto.png', 'image/png']);
    expect(foundIn(file.bytes, SECRETS)).toEqual([]);
    const { chunks, rest } = pngChunks(file.bytes);
    expect([[...new Set(chunks)], rest]).toEqual([['IHDR', 'pHYs', 'IDAT', 'IEND'], 0]);
    expect([(await sharp(sent).metadata()).density, (await sharp(file.bytes).metadata()).density]).toEqual([
      313,
      undefined,
    ]);
    expect(await pixel(file.bytes, 500, 2000)).toEqual(await pixel(sent, 500, 2000));
  });

  test('that is very long stays wide enough to read', async () => {
    const { width, height } = await sharp((await cleaned(await slope(1080, 8000).png().toBuffer())).bytes).metadata();
    expect(width).toBeGreaterThan(900);
    expect(width * height).toBeLessThan(2560 * 2560 * 1.01);
  });

  test('that shows a photo and would be large as PNG becomes a JPEG', async () => {
    const noise = await sharp({
      create: {
        width: 1080,
        height: 2400,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 128, sigma: 9 },
      },
    })
      .png()
      .toBuffer();
    const file = await cleaned(noise);
    expect(file.name).toBe('foto.jpg');
    expect(file.bytes.length).toBeLessThan(noise.length / 2);
  });

  test('does not keep what was made transparent', async () => {
    const hidden = Buffer.alloc(60 * 60 * 4);
    for (let at = 0; at < hidden.length; at += 4) hidden.set([255, 0, 0, 0], at); // red, but not to be seen
    const file = await cleaned(
      await sharp(hidden, { raw: { width: 60, height: 60, channels: 4 } })
        .png()
        .toBuffer(),
    );
    expect(await pixel(file.bytes, 30, 30)).toEqual([255, 255, 255]);
  });
});

describe('pictures of other kinds', () => {
  test('WebP becomes JPEG; GIF becomes PNG', async () => {
    expect((await cleaned(await slope(300, 200).webp().toBuffer())).name).toBe('foto.jpg');
    expect((await cleaned(await slope(300, 200).gif().toBuffer())).name).toBe('foto.png');
  });

  test.each(['gif', 'webp'] as const)('of an animated %s the first frame', async (format) => {
    const frames = Buffer.alloc(40 * 120 * 3);
    for (const [at, grey] of [200, 100, 20].entries()) frames.fill(grey, at * 40 * 40 * 3);
    const raw = { width: 40, height: 120, channels: 3, pageHeight: 40 } as const;
    const sent = await sharp(frames, { raw })[format]().toBuffer();
    expect((await sharp(sent).metadata()).pages).toBe(3);
    const file = await cleaned(sent);
    const { width, height, pages } = await sharp(file.bytes).metadata();
    expect([width, height, pages]).toEqual([40, 40, undefined]);
    expect((await pixel(file.bytes, 20, 20))[0]).toBeGreaterThan(180);
  });

  test('colours of another profile look the same, and the profile is gone', async () => {
    const wide = await slope(200, 200)
      .withIccProfile('p3')
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer();
    expect((await sharp(wide).metadata()).icc).toBeDefined();
    const file = await cleaned(wide);
    expect((await sharp(file.bytes).metadata()).icc).toBeUndefined();
    const [plain, seen] = [
      await pixel(await slope(200, 200).png().toBuffer(), 150, 40),
      await pixel(file.bytes, 150, 40),
    ];
    for (const [at, value] of plain.entries()) expect(Math.abs(value - (seen[at] ?? 0))).toBeLessThan(12);
  });

  test('grey, CMYK and 16-bit pictures are taken too', async () => {
    for (const sent of [
      slope(200, 100).greyscale().jpeg(),
      slope(200, 100).toColourspace('cmyk').jpeg(),
      slope(200, 100).toColourspace('rgb16').png(),
    ]) {
      const { width, height, space } = await sharp((await cleaned(await sent.toBuffer())).bytes).metadata();
      expect([width, height, space]).toEqual([200, 100, expect.stringMatching(/^(?:srgb|b-w)$/)]);
    }
  });
});

describe('sizes', () => {
  test('a photo of 12 megapixels is made smaller and fits the bucket of 1 MiB with its entry', async () => {
    const file = await cleaned(await slope(4000, 3000).jpeg({ quality: 95 }).toBuffer());
    const { width, height } = await sharp(file.bytes).metadata();
    expect([width, height]).toEqual([2560, 1920]);
    const [id, caseId] = [randomId(), randomId()];
    const entry = {
      case: caseId,
      id,
      author: 'reporter',
      part: 'file',
      day: '2026-11-22',
      place: 9,
      text: '',
      file,
    } as const;
    expect(encodeEntry(entry).length).toBeLessThanOrEqual(1024 * 1024);
  });

  test('a small picture stays as large as it is', async () => {
    const { width, height } = await sharp((await cleaned(await slope(31, 7).png().toBuffer())).bytes).metadata();
    expect([width, height]).toEqual([31, 7]);
  });

  test('more bytes than the limit are too big, of any kind; the limit itself is taken', async () => {
    const text = Buffer.alloc(EVIDENCE_LIMIT + 1, 'a');
    expect(why(await inspectEvidence(text, 'a.txt'))).toBe('too-big');
    expect(why(await inspectEvidence(text.subarray(1), 'a.txt'))).toBe('warn');
  });

  test('a header that claims too many pixels is too big before anything is decoded', async () => {
    const png = await slope(10, 10).png().toBuffer();
    png.writeUInt32BE(30_000, 16);
    png.writeUInt32BE(30_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    expect(why(await inspectEvidence(png, 'a.png'))).toBe('too-big');

    const jpeg = await slope(10, 10).jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_000, frame + 5);
    jpeg.writeUInt16BE(65_000, frame + 7);
    expect(why(await inspectEvidence(jpeg, 'a.jpg'))).toBe('too-big');
  });

  test('a picture that really unpacks to too many pixels is too big', async () => {
    const create = { width: 5200, height: 5200, channels: 3, background: '#333' } as const;
    const bomb = await sharp({ create }).png({ palette: true }).toBuffer();
    expect(bomb.length).toBeLessThan(200_000);
    expect(why(await inspectEvidence(bomb, 'a.png'))).toBe('too-big');
    // the same number of pixels is taken of a plain JPEG, as phones make them, and not of one that must be held whole
    expect(why(await inspectEvidence(await sharp({ create }).jpeg().toBuffer(), 'a.jpg'))).toBe('clean');
    expect(why(await inspectEvidence(await sharp({ create }).jpeg({ progressive: true }).toBuffer(), 'a.jpg'))).toBe(
      'too-big',
    );
  });
});

describe('what is no picture', () => {
  test.each(TAKEN)('%s %s is taken as it is, with the warning, as %s', async (what, type, name, bytes) => {
    const found = await inspectEvidence(bytes, 'Siti Aminah.exe');
    expect(found).toEqual({ kind: 'warn', what, file: { name, type, bytes } });
  });

  test.each(REFUSED)('%s is refused', async (_, bytes) => {
    for (const name of ['foto.jpg', 'surat.pdf', undefined])
      expect(await inspectEvidence(bytes, name)).toEqual({ kind: 'refused', why: 'type' });
  });

  test('an empty file cannot be read', async () => {
    expect(await inspectEvidence(new Uint8Array(), 'kosong.txt')).toEqual({ kind: 'refused', why: 'unreadable' });
  });
});

describe('what is not what it says', () => {
  test('a photo called .pdf is a photo; a PDF called .jpg is a document', async () => {
    expect((await cleaned(await talkativeJpeg(200, 100), 'surat.pdf')).name).toBe('foto.jpg');
    const [, , , pdf = new Uint8Array()] = TAKEN[0] ?? [];
    expect(await inspectEvidence(pdf, 'foto.jpg')).toMatchObject({
      kind: 'warn',
      what: 'document',
      file: { name: 'dokumen.pdf' },
    });
  });

  test('a photo that is an archive, a page or a document at the same time is only a photo afterwards', async () => {
    const photo = await slope(200, 100).jpeg().toBuffer();
    for (const second of [
      zip({ 'rahasia.txt': SECRETS.trailing }),
      `<html>${SECRETS.trailing}</html>`,
      `%PDF-1.4 ${SECRETS.trailing}`,
    ]) {
      const file = await cleaned(Buffer.concat([photo, Buffer.from(second)]));
      expect([foundIn(file.bytes, SECRETS), jpegSegments(file.bytes).rest]).toEqual([[], 0]);
    }
  });

  test('a GIF whose comment is a script is only a picture afterwards', async () => {
    const gif = await slope(20, 20).gif().toBuffer();
    const comment = Buffer.concat([
      Buffer.from([0x21, 0xfe, 0x18]),
      Buffer.from(`*/=1;alert("${SECRETS.comment}")`.slice(0, 24)),
      Buffer.from([0]),
    ]);
    const table = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
    const file = await cleaned(Buffer.concat([gif.subarray(0, table), comment, gif.subarray(table)]));
    expect([file.name, Buffer.from(file.bytes).includes('alert')]).toEqual(['foto.png', false]);
  });

  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s that was cut off cannot be read', async (format) => {
    const whole = await slope(600, 400)[format]().toBuffer();
    for (const part of [0.3, 0.6, 0.9])
      expect([part, why(await inspectEvidence(whole.subarray(0, whole.length * part), 'a'))]).toEqual([
        part,
        'unreadable',
      ]);
  });
});

describe('any bytes', () => {
  const kinds = ['clean', 'warn', 'refused'];
  const begins = [
    [0xff, 0xd8, 0xff, 0xe0],
    [...Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    [...Buffer.from('GIF89a')],
    [...Buffer.from('RIFF\x40\0\0\0WEBPVP8 ', 'latin1')],
    [...Buffer.from('PK\x03\x04')],
    [...Buffer.from('\0\0\0\x18ftypheic', 'latin1')],
    [...Buffer.from('ID3\x04\0\0')],
    [...Buffer.from('OggS\0\x02')],
    [0x1a, 0x45, 0xdf, 0xa3],
    [...Buffer.from('%PDF-')],
  ];

  test('get an answer', async () => {
    const bytes = fc
      .tuple(fc.constantFrom<number[]>([], ...begins), fc.uint8Array({ maxLength: 600 }))
      .map(([begin, rest]) => Uint8Array.from([...begin, ...rest]));
    await fc.assert(
      fc.asyncProperty(bytes, fc.string(), async (sent, name) => {
        expect(kinds).toContain((await inspectEvidence(sent, name)).kind);
      }),
      { numRuns: 300 },
    );
  });

  test('of pictures with bytes changed get an answer, and what is taken is a picture', async () => {
    const formats = ['jpeg', 'png', 'webp', 'gif'] as const;
    const pictures = await Promise.all(
      formats.map(async (format) => [format, await slope(40, 30)[format]().toBuffer()] as const),
    );
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...pictures, ['jpeg', await talkativeJpeg(40, 30)] as const),
        changes,
        async ([format, picture], changed) => {
          const sent = Buffer.from(picture);
          for (const [place, value] of changed) sent[place % sent.length] = value;
          const made = await cleanPicture(sent, format);
          if (typeof made === 'string') expect(['too-big', 'unreadable']).toContain(made);
          else expect(['jpeg', 'png']).toContain((await sharp(made.bytes).metadata()).format);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the picture library', () => {
  test('opens no SVG, TIFF or file by its path any more', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(sharp(svg).metadata()).rejects.toThrow();
    await expect(sharp(await slope(9, 9).tiff().toBuffer()).metadata()).rejects.toThrow();
    await expect(
      sharp(new URL('../../docs/images/web-chat-light.png', import.meta.url).pathname).metadata(),
    ).rejects.toThrow();
  });
});
