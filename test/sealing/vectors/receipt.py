"""Known answers for receipts, worked out without any code of the project or its libraries: Python's hashlib and hmac, FIPS 203
(ML-KEM-768 key generation), RFC 7748 (X25519) and BIP 173 (bech32) written out below.

    python3 test/sealing/vectors/receipt.py > test/sealing/vectors/receipt.json
"""
import base64
import hashlib
import hmac
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).parents[3]
WORDS = re.search(r"`\n(.*?)\n`", (ROOT / "src/sealing/words.ts").read_text(), re.S).group(1).split()
DOMAIN = b"tanya-netral/receipt/1"


def words_of(bits):
    """Ten words of a number of 99 bits."""
    packed = (bits << 5).to_bytes(13, "big")
    check = int.from_bytes(hashlib.sha256(DOMAIN + packed).digest()[:2], "big") >> 5
    return packed, [WORDS[bits >> (88 - 11 * i) & 2047] for i in range(9)] + [WORDS[check]]


def hkdf(ikm, info):
    key = hmac.digest(DOMAIN, ikm, "sha256")
    return hmac.digest(key, info + b"\x01", "sha256")


def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


# bech32 (BIP 173)
ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def polymod(values):
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    return check


def bech32(prefix, data):
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[i : i + 5], 2) for i in range(0, len(bits), 5)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = polymod(spread + values + [0] * 6) ^ 1
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return prefix + "1" + "".join(ALPHABET[value] for value in values)


# ML-KEM-768 key generation (FIPS 203, algorithms 7 to 9, 13)
Q, K = 3329, 3
ZETAS = [pow(17, int(f"{i:07b}"[::-1], 2), Q) for i in range(128)]


def ntt(f):
    f, i, length = list(f), 1, 128
    while length >= 2:
        for start in range(0, 256, 2 * length):
            zeta, i = ZETAS[i], i + 1
            for j in range(start, start + length):
                t = zeta * f[j + length] % Q
                f[j + length], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
        length //= 2
    return f


def times(f, g):
    out = []
    for i in range(128):
        gamma = pow(17, 2 * int(f"{i:07b}"[::-1], 2) + 1, Q)
        a0, a1, b0, b1 = f[2 * i], f[2 * i + 1], g[2 * i], g[2 * i + 1]
        out += [(a0 * b0 + a1 * b1 * gamma) % Q, (a0 * b1 + a1 * b0) % Q]
    return out


def sample_uniform(seed):
    stream, out, at = hashlib.shake_128(seed).digest(3 * 1000), [], 0
    while len(out) < 256:
        a, b, c = stream[at : at + 3]
        at += 3
        out += [d for d in (a + 256 * (b % 16), b // 16 + 16 * c) if d < Q]
    return out[:256]


def sample_small(seed, nonce):
    data = hashlib.shake_256(seed + bytes([nonce])).digest(128)
    bits = [byte >> i & 1 for byte in data for i in range(8)]
    return [(bits[4 * i] + bits[4 * i + 1] - bits[4 * i + 2] - bits[4 * i + 3]) % Q for i in range(256)]


def ml_kem_public(d):
    g = hashlib.sha3_512(d + bytes([K])).digest()
    rho, sigma = g[:32], g[32:]
    s = [ntt(sample_small(sigma, i)) for i in range(K)]
    e = [ntt(sample_small(sigma, K + i)) for i in range(K)]
    out = b""
    for i in range(K):
        t = e[i]
        for j in range(K):
            product = times(sample_uniform(rho + bytes([j, i])), s[j])
            t = [(x + y) % Q for x, y in zip(t, product)]
        packed = sum(value << 12 * n for n, value in enumerate(t))
        out += packed.to_bytes(384, "little")
    return out + rho


# X25519 (RFC 7748, section 5)
P = 2**255 - 19


def x25519_public(seed):
    k = int.from_bytes(seed, "little") & ~7 & (1 << 255) - 1 | 1 << 254
    x2, z2, x3, z3 = 1, 0, 9, 1
    for bit in reversed(range(255)):
        swap = k >> bit & 1
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        x3, z3 = (da + cb) ** 2 % P, 9 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, (aa - bb) * (aa + 121665 * (aa - bb)) % P
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def recipient_of(seed):
    """age's hybrid recipient: both public keys of X-Wing (draft-connolly-cfrg-xwing-kem, section 5.2)."""
    expanded = hashlib.shake_256(seed).digest(96)
    return bech32("age1pq", ml_kem_public(expanded[:32]) + x25519_public(expanded[64:]))


def vector(bits):
    packed, words = words_of(bits)
    lookup = base64url(hkdf(packed, b"lookup"))
    seed = hkdf(packed, b"identity")
    return {
        "entropy": packed.hex(),
        "receipt": " ".join(words),
        "lookup": lookup,
        "lookupHash": base64url(hashlib.sha256(lookup.encode()).digest()),
        "identity": bech32("age-secret-key-pq-", seed).upper(),
        "recipientSha256": hashlib.sha256(recipient_of(seed).encode()).hexdigest(),
    }


RANDOM = int.from_bytes(hashlib.sha256(b"any").digest(), "big") >> 157
print(json.dumps([vector(bits) for bits in (0, 2**99 - 1, 0x123456789ABCDEF0123456789 % 2**99, RANDOM)], indent=2))
