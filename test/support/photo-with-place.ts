/** A photo as a phone makes it: turned by its orientation tag, and with the place, the camera and the owner in its metadata. */
import sharp from 'sharp';

const CAMERA = 'Kamera Rahasia X9';
const OWNER = 'Budi Pelapor';
/** 6°54'51.84" S, as Exif writes it: degrees, minutes and seconds as fractions. */
const LATITUDE = '6/1 54/1 5184/100';
const LONGITUDE = '107/1 36/1 3312/100';

/** What must not be found in a cleaned one. The last is the latitude's seconds: 5184 and 100, little endian. */
export const SECRETS_OF_PHOTO: ReadonlyArray<string | Buffer> = [
  CAMERA,
  OWNER,
  'LokasiXmp',
  Buffer.from('4014000064000000', 'hex'),
];

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>LokasiXmp</dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/**
 * 1200 x 800 pixels as stored, 800 x 1200 as seen: orientation 6. As seen, its upper half is red and its lower half blue. */
export async function photoWithPlace(): Promise<Buffer> {
  const seen = await sharp({ create: { width: 800, height: 1200, channels: 3, background: '#2040d0' } })
    .composite([
      { input: { create: { width: 800, height: 600, channels: 3, background: '#d02020' } }, top: 0, left: 0 },
    ])
    .png()
    .toBuffer();
  return sharp(await sharp(seen).rotate(-90).toBuffer())
    .jpeg({ quality: 90 })
    .withExif({
      IFD0: { Make: CAMERA, Artist: OWNER },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: LATITUDE, GPSLongitudeRef: 'E', GPSLongitude: LONGITUDE },
    })
    .withXmp(XMP)
    .withMetadata({ orientation: 6 })
    .toBuffer();
}
