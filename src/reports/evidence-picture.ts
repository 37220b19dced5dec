/**
 * Pictures without their metadata. A picture is decoded to pixels, and a new picture is made of the pixels: nothing else of the file
 * (place, time, camera, thumbnail, second picture, comment, what is appended) reaches the encoder, so nothing else can come through.
 *
 * Runs in a process of its own: `evidence-process.ts`.
 */
import sharp, { type Sharp } from 'sharp';
import type { EntryFile } from '../sealing/entry.ts';
import type { PictureFormat } from './evidence-type.ts';

/** `too-big`: too many pixels. `unreadable`: cut, damaged, or only its first bytes are those of a picture. */
export type CleanedPicture = EntryFile | 'too-big' | 'unreadable';

/** Longest side of what is kept, in pixels: a page of text stays readable, and most photos fit the bucket of 1 MiB. */
const LONGEST = 2560;
/** A narrow picture (a long screenshot) keeps this much of its width, as far as it has no more pixels than a square of `LONGEST`. */
const NARROWEST = 1080;
/** What fits the bucket of 1 MiB, with the entry's header. */
const ROOM = 1024 * 1024 - 2048;
/** Of 19 photos that came straight from phones, 2 are larger than `ROOM` at 82, and none at 74. */
const QUALITY = 82;
const LOWER_QUALITY = 74;
/**
 * The most pixels that are decoded. A plain JPEG is shrunk while it is read and may come from a 50-megapixel phone; everything else
 * is held whole in memory, up to 16 bytes a pixel.
 */
const MOST_PIXELS_STREAMED = 52_000_000;
const MOST_PIXELS = 16_800_000;
/** Seconds for one step: a picture that takes longer was made to. */
const PATIENCE = 20;

// of all decoders four; no cache of what people sent
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** The picture anew, `foto.jpg` or `foto.png`; of an animation its first frame. Never throws, whatever the bytes are. */
export async function cleanPicture(bytes: Uint8Array, format: PictureFormat): Promise<CleanedPicture> {
  try {
    const pixels = await decode(bytes);
    return pixels === 'too-big' ? pixels : await encode(pixels, format, bytes.length);
  } catch {
    return 'unreadable';
  }
}

/** Gives the pixels, upright, in sRGB, on white, as a source for any number of encodings. */
async function decode(bytes: Uint8Array): Promise<(() => Sharp) | 'too-big'> {
  const { width, height, format, isProgressive } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const most = format === 'jpeg' && !isProgressive ? MOST_PIXELS_STREAMED : MOST_PIXELS;
  if (width * height > most) return 'too-big';
  const longest = Math.max(1, Math.round(Math.max(width, height) * scaleOf(width, height)));
  const { data, info } = await sharp(bytes, { limitInputPixels: most, failOn: 'error' })
    .autoOrient()
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' }) // what is drawn over may still stand in transparent pixels
    .toColourspace('srgb')
    .timeout({ seconds: PATIENCE })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return () => sharp(data, { raw }).timeout({ seconds: PATIENCE });
}

function scaleOf(width: number, height: number): number {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const narrow = Math.min(NARROWEST / short, LONGEST / Math.sqrt(short * long));
  return Math.min(1, Math.max(LONGEST / long, narrow));
}

/**
 * Screenshots stay PNG, where letters have sharp edges, as long as that is small. As JPEG they keep their full colours, because red
 * letters on blue would run otherwise.
 */
async function encode(pixels: () => Sharp, format: PictureFormat, size: number): Promise<EntryFile> {
  const drawn = format === 'png' || format === 'gif';
  if (drawn && size <= ROOM) {
    const png = await pixels().png().toBuffer();
    if (png.length <= ROOM) return { name: 'foto.png', type: 'image/png', bytes: png };
  }
  const chromaSubsampling = format === 'jpeg' ? '4:2:0' : '4:4:4';
  const jpeg = await pixels().jpeg({ quality: QUALITY, chromaSubsampling }).toBuffer();
  const small =
    jpeg.length <= ROOM ? jpeg : await pixels().jpeg({ quality: LOWER_QUALITY, chromaSubsampling }).toBuffer();
  return { name: 'foto.jpg', type: 'image/jpeg', bytes: small };
}
