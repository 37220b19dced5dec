/** Files for the tests of evidence, made here: pictures full of what must not stay, and containers of every other kind. */
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

/** What a picture may give away, as texts that a scan of bytes finds again. */
export const SECRETS = {
  make: 'KAMERA-MILIK-SITI',
  gps: 'JALAN-KENANGA-17',
  xmp: 'penulis-xmp-bambang',
  iptc: 'judul-iptc-rahasia',
  comment: 'komentar-jpeg-rahasia',
  profile: 'profil-warna-kantor-X',
  thumbnail: 'gambar-kecil-rahasia',
  trailing: 'lampiran-sesudah-akhir',
  pngText: 'teks-png-rahasia',
} as const;

/** A picture with something on it: a slope of colours, so that it is turned and shrunk recognisably. */
export function slope(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      data[at] = (255 * x) / width;
      data[at + 1] = (255 * y) / height;
      data[at + 2] = 90;
    }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** One segment of a JPEG: marker, length, content. */
function segment(marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A phone's photo, lying on its side, with everything that such a file can carry besides the picture. */
export async function talkativeJpeg(width = 1600, height = 1200): Promise<Buffer> {
  const plain = await slope(width, height)
    .withExif({
      IFD0: { Make: SECRETS.make },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '6/1 12/1 345/100', GPSMapDatum: SECRETS.gps },
    })
    .withMetadata({ orientation: 6 })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><author>${SECRETS.xmp}</author></x:xmpmeta>`)
    .jpeg({ quality: 90 })
    .toBuffer();
  const upTo = 2; // after the start of the image
  return Buffer.concat([
    plain.subarray(0, upTo),
    segment(0xed, utf8(`Photoshop 3.0\u00008BIM${SECRETS.iptc}`)),
    segment(0xe2, utf8(`ICC_PROFILE\u0000\u0001\u0002${SECRETS.profile}`)),
    segment(0xe1, Buffer.concat([utf8('MPF\0'), utf8(SECRETS.thumbnail), await slope(160, 120).jpeg().toBuffer()])),
    segment(0xfe, utf8(SECRETS.comment)),
    plain.subarray(upTo),
    utf8(SECRETS.trailing),
    zip({ 'rahasia.txt': SECRETS.trailing }),
  ]);
}

/** A chunk of a PNG: length, type, content, checksum. */
function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([utf8(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A screenshot with texts, a resolution, and something behind its end. */
export async function talkativePng(width = 1080, height = 2400): Promise<Buffer> {
  const plain = await slope(width, height).withDensity(313).png({ compressionLevel: 1 }).toBuffer();
  const afterHeader = 8 + 25;
  return Buffer.concat([
    plain.subarray(0, afterHeader),
    pngChunk('tEXt', utf8(`Author\0${SECRETS.pngText}`)),
    pngChunk('iTXt', utf8(`XML:com.adobe.xmp\0\0\0\0\0${SECRETS.xmp}`)),
    pngChunk('eXIf', utf8(`MM\0*\0\0\0\u0008\0\0${SECRETS.make}`)),
    plain.subarray(afterHeader),
    utf8(SECRETS.trailing),
  ]);
}

/** An archive whose files are stored as they are. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = utf8(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.concat([utf8('PK\u0003\u0004'), common, utf8(name), content]);
    central.push(
      Buffer.concat([utf8('PK\u0001\u0002'), Buffer.from([20, 0]), common, Buffer.alloc(10), le32(offset), utf8(name)]),
    );
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, utf8('PK\u0005\u0006'), end]);
}

function le32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
}

const office = (main: string): Buffer =>
  zip({
    '[Content_Types].xml': `<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`,
    'isi.xml': '<a/>',
  });

const box = (type: string, content: string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(8 + content.length);
  return Buffer.concat([head, Buffer.from(type + content, 'latin1')]);
};
const media = (brand: string): Buffer =>
  Buffer.concat([box('ftyp', `${brand}\0\0\u0002\0${brand}`), box('mdat', 'isi')]);

const ogg = (first: string): Buffer =>
  Buffer.concat([
    utf8('OggS\0\u0002'),
    Buffer.alloc(20),
    Buffer.from([1, first.length]),
    utf8(first),
    Buffer.alloc(64),
  ]);
const mp3Frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);

/** Kinds that are taken after the warning: what, media type, neutral name, bytes. */
export const TAKEN: ReadonlyArray<readonly ['document' | 'sound' | 'video', string, string, Uint8Array]> = [
  [
    'document',
    'application/pdf',
    'dokumen.pdf',
    Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n', 'latin1'),
  ],
  [
    'document',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'dokumen.docx',
    office('wordprocessingml.document'),
  ],
  [
    'document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'dokumen.xlsx',
    office('spreadsheetml.sheet'),
  ],
  [
    'document',
    'application/vnd.oasis.opendocument.text',
    'dokumen.odt',
    zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }),
  ],
  ['document', 'text/plain', 'dokumen.txt', utf8('BMKG: besok hujan. 08.15 - Bu Camat: pilih nomor 2 ya 🙏\n')],
  ['sound', 'audio/ogg', 'suara.ogg', ogg('OpusHead\u0001\u0001')],
  ['sound', 'audio/mpeg', 'suara.mp3', Buffer.concat([mp3Frame, mp3Frame])],
  ['sound', 'audio/mp4', 'suara.m4a', media('M4A ')],
  ['sound', 'audio/wav', 'suara.wav', Buffer.concat([utf8('RIFF'), le32(40), utf8('WAVEfmt '), Buffer.alloc(40)])],
  ['sound', 'audio/amr', 'suara.amr', Buffer.concat([utf8('#!AMR\n'), Buffer.alloc(32, 0x3c), Buffer.alloc(8)])],
  ['video', 'video/mp4', 'video.mp4', media('isom')],
  ['video', 'video/3gpp', 'video.3gp', media('3gp4')],
  ['video', 'video/quicktime', 'video.mov', media('qt  ')],
  [
    'video',
    'video/webm',
    'video.webm',
    Buffer.concat([Buffer.from('1a45dfa387428284', 'hex'), utf8('webm'), Buffer.alloc(32)]),
  ],
];

/** Kinds that are refused by what they are. */
export const REFUSED: ReadonlyArray<readonly [string, Uint8Array]> = [
  ['an archive', zip({ 'a.txt': 'isi' })],
  ['a rar archive', Buffer.concat([utf8('Rar!\u001a\u0007\u0001\0'), Buffer.alloc(32)])],
  ['a 7z archive', Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(32)])],
  ['a gzip file', Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(32)])],
  ['a program for Windows', Buffer.concat([utf8('MZ'), Buffer.alloc(126), utf8('PE\0\0'), Buffer.alloc(32)])],
  ['a program for Linux', Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(64)])],
  ['an app', zip({ 'AndroidManifest.xml': '\0\0', 'classes.dex': 'dex' })],
  ['a script', utf8('#!/bin/sh\nrm -rf /\n')],
  ['a page', utf8('<!doctype html><script>alert(1)</script>')],
  ['a page behind empty lines', utf8('\n\n  <html><body>halo</body></html>')],
  [
    'an SVG picture',
    utf8('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'),
  ],
  ['an SVG picture with its header', utf8('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['PostScript', utf8('%!PS-Adobe-3.0\nshowpage\n')],
  ['RTF', utf8('{\\rtf1 halo}')],
  [
    'a document with macros',
    zip({
      '[Content_Types].xml':
        '<Types><Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
    }),
  ],
  ['an iPhone picture that nothing here can decode', media('heic')],
  ['a TIFF', Buffer.concat([utf8('II*\0'), Buffer.alloc(64)])],
  ['noise', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * at * 31 + at * 7 + 129) % 256))],
];
