/**
 * Pictures are drawn anew, as the server does with those of chats (`src/reports/evidence-picture.ts`, whose sizes these are): what comes
 * out has the pixels and nothing else, no place, no time, no camera.
 */

/** Longest side in pixels: a page of text stays readable, and most photos fit the bucket of 1 MiB. */
const LONGEST = 2560;
/** A narrow picture (a long screenshot) keeps this much of its width, as far as it has no more pixels than a square of `LONGEST`. */
const NARROWEST = 1080;
/** What fits the bucket of 1 MiB, with the entry's header. */
const ROOM = 1024 * 1024 - 2048;
const QUALITY = 0.82;
const LOWER_QUALITY = 0.74;

export interface Photo {
  readonly type: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The picture, turned upright and without anything but its pixels; undefined where the browser cannot read it. */
export async function redraw(file: Blob): Promise<Photo | undefined> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return undefined;
  }
  const scale = scaleOf(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  pen.fillStyle = '#fff'; // JPEG knows no transparency, and what is drawn over may still stand in transparent pixels
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const photo = await encode(canvas, ['image/png', 'image/gif'].includes(file.type) && file.size <= ROOM);
  canvas.width = 0; // gives its memory back at once
  return photo;
}

function scaleOf(width: number, height: number): number {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const narrow = Math.min(NARROWEST / short, LONGEST / Math.sqrt(short * long));
  return Math.min(1, Math.max(LONGEST / long, narrow));
}

/** Screenshots stay PNG, where letters have sharp edges, as long as that is small. */
async function encode(canvas: HTMLCanvasElement, drawn: boolean): Promise<Photo | undefined> {
  if (drawn) {
    const png = await toBytes(canvas, 'image/png');
    if (png && png.length <= ROOM) return { type: 'image/png', bytes: png };
  }
  const jpeg = await toBytes(canvas, 'image/jpeg', QUALITY);
  const bytes = jpeg && jpeg.length > ROOM ? await toBytes(canvas, 'image/jpeg', LOWER_QUALITY) : jpeg;
  return bytes && { type: 'image/jpeg', bytes };
}

async function toBytes(canvas: HTMLCanvasElement, type: string, quality?: number) {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  return blob?.type === type ? new Uint8Array(await blob.arrayBuffer()) : undefined;
}

/** Side of the test picture, and how far its colours may be off (some browsers blur them a little, on purpose). */
const SIDE = 16;
const TOLERANCE = 8;

/** False where the browser gives pages noise instead of what they drew, against fingerprinting, as Tor Browser does. */
export function drawsFaithfully(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) return false;
  for (let x = 0; x < SIDE; x += 1) {
    pen.fillStyle = `rgb(${x * 16}, ${x * 16}, ${x * 16})`;
    pen.fillRect(x, 0, 1, SIDE);
  }
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  return data.every((value, i) => Math.abs(value - (i % 4 === 3 ? 255 : ((i >> 2) % SIDE) * 16)) <= TOLERANCE);
}
