/**
 * Makes a process trust the fake WhatsApp server of another one: `node --import ./trust-root.mjs src/main.ts`, with WHATSAPP_TEST_ROOT (the
 * Noise root key in hexadecimal) and WHATSAPP_TEST_MEDIA_CA (the media host's certificate, PEM). Only tests use it.
 */
import tls from 'node:tls';
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';

const { WHATSAPP_TEST_ROOT: root, WHATSAPP_TEST_MEDIA_CA: authority } = process.env;
if (root) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root, 'hex');
if (authority) tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority]);
