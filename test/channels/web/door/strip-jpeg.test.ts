import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { stripJpeg } from '../../../../src/pages/door/parts/strip-jpeg.ts';
import { photoWithPlace, SECRETS_OF_PHOTO } from '../../../support/photo-with-place.ts';

let photo: Buffer;
beforeAll(async () => {
  photo = await photoWithPlace();
});

describe('a photo of a phone', () => {
  test('loses place, camera, comment and what is appended', async () => {
    const before = Buffer.concat([photo, Buffer.from('appended: Budi')]);
    for (const secret of SECRETS_OF_PHOTO) expect([secret, before.includes(secret)]).toEqual([secret, true]);
    const after = Buffer.from(stripJpeg(before) ?? []);
    expect(after.length).toBeGreaterThan(1000);
    for (const secret of [...SECRETS_OF_PHOTO, 'appended'])
      expect([secret, after.includes(secret)]).toEqual([secret, false]);
    const { exif, xmp, iptc, icc } = await sharp(after).metadata();
    expect([exif?.length, xmp, iptc, icc]).toEqual([expect.any(Number), undefined, undefined, undefined]);
    expect(exif?.length).toBeLessThan(40);
  });

  test('keeps every pixel, and which way is up', async () => {
    const after = Buffer.from(stripJpeg(photo) ?? []);
    expect([(await sharp(photo).metadata()).orientation, (await sharp(after).metadata()).orientation]).toEqual([6, 6]);
    const pixels = (bytes: Buffer) =>
      sharp(bytes).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const [one, other] = [await pixels(photo), await pixels(after)];
    expect([other.info.width, other.info.height]).toEqual([one.info.width, one.info.height]);
    expect(other.data.equals(one.data)).toBe(true);
  });

  test('a progressive one too', async () => {
    const progressive = await sharp(photo).jpeg({ progressive: true }).withMetadata().toBuffer();
    const after = Buffer.from(stripJpeg(progressive) ?? []);
    const raw = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
    expect((await raw(after)).equals(await raw(progressive))).toBe(true);
  });
});

describe('other bytes', () => {
  test('a cut photo is not taken for a whole one', () => {
    for (const length of [0, 2, 3, 20, 200]) expect(stripJpeg(photo.subarray(0, length))).toBeUndefined();
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(2000), (noise, at) => {
        const broken = Buffer.from(photo);
        broken.set(noise.subarray(0, Math.max(0, broken.length - at)), Math.min(at, broken.length));
        stripJpeg(broken);
        stripJpeg(noise);
        stripJpeg(Buffer.concat([Buffer.of(0xff, 0xd8), noise]));
      }),
    );
  });
});
