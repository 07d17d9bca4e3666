// Classic ciphers and codecs on bytes: Caesar, Vigenère, XOR, base64, hex, run lengths, CRC-32, Adler, FNV, Morse.
pub mod caesar {
    fn shift(c: char, by: u8) -> char {
        let rotate = |base: u8| ((c as u8 - base + by) % 26 + base) as char;
        match c {
            'a'..='z' => rotate(b'a'),
            'A'..='Z' => rotate(b'A'),
            _ => c,
        }
    }
    pub fn encrypt(text: &str, by: u8) -> String {
        text.chars().map(|c| shift(c, by % 26)).collect()
    }
    pub fn decrypt(text: &str, by: u8) -> String {
        encrypt(text, 26 - by % 26)
    }
    pub fn break_it(text: &str) -> Option<(u8, String)> {
        (0..26)
            .map(|by| (by, decrypt(text, by)))
            .max_by_key(|(_, plain)| plain.chars().filter(|c| "etaoin".contains(*c)).count())
    }
}

pub mod vigenere {
    pub fn encrypt(text: &str, key: &str) -> String {
        let mut key = key.bytes().map(|b| b.to_ascii_lowercase() - b'a').cycle();
        text.chars()
            .map(|c| {
                if !c.is_ascii_alphabetic() {
                    return c;
                }
                let base = if c.is_ascii_uppercase() { b'A' } else { b'a' };
                (base + (c as u8 - base + key.next().unwrap()) % 26) as char
            })
            .collect()
    }
}

pub mod base64 {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    pub fn encode(data: impl AsRef<[u8]>) -> String {
        let mut out = String::with_capacity(data.as_ref().len().div_ceil(3) * 4);
        for chunk in data.as_ref().chunks(3) {
            let n = chunk.iter().enumerate().fold(0u32, |n, (i, &b)| n | (b as u32) << (16 - 8 * i));
            for i in 0..4 {
                if i <= chunk.len() {
                    out.push(ALPHABET[(n >> (18 - 6 * i)) as usize & 63].into());
                } else {
                    out.push('=');
                }
            }
        }
        out
    }
    pub fn decode(text: &str) -> Result<Vec<u8>, char> {
        let mut out = vec![];
        let (mut bits, mut count) = (0u32, 0);
        for b in text.bytes().take_while(|&b| b != b'=') {
            let value = ALPHABET.iter().position(|&a| a == b).ok_or(b as char)?;
            bits = bits << 6 | value as u32;
            count += 6;
            if count >= 8 {
                count -= 8;
                out.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        Ok(out)
    }
}

const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut k = 0;
        while k < 8 {
            c = if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 };
            k += 1;
        }
        table[i] = c;
        i += 1;
    }
    table
}
static CRC: [u32; 256] = crc_table();

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, &b| CRC[((crc ^ b as u32) & 0xff) as usize] ^ (crc >> 8))
}
fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), &x| {
        let a = (a + u32::from(x)) % 65521;
        (a, (a + b) % 65521)
    });
    b << 16 | a
}
fn fnv1a(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf29ce484222325, |h: u64, &b| (h ^ b as u64).wrapping_mul(0x100000001b3))
}
fn hex(data: &[u8]) -> String {
    data.iter().map(|b| format!("{b:02x}")).collect()
}
fn unhex(text: &str) -> Result<Vec<u8>, std::num::ParseIntError> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16)).collect()
}
fn rle(data: &[u8]) -> Vec<(u8, usize)> {
    let mut runs: Vec<(u8, usize)> = Vec::new();
    for &b in data {
        match runs.last_mut() {
            Some((last, n)) if *last == b => *n += 1,
            _ => runs.push((b, 1)),
        }
    }
    runs
}
fn xor(data: &mut [u8], key: &[u8]) {
    for (d, k) in data.iter_mut().zip(key.iter().cycle()) {
        *d ^= k;
    }
}
fn morse(text: &str) -> String {
    const CODES: [(char, &str); 7] =
        [('s', "..."), ('o', "---"), ('h', "...."), ('e', "."), ('l', ".-.."), ('r', ".-."), ('w', ".--")];
    text.split(' ')
        .map(|word| {
            word.chars()
                .filter_map(|c| CODES.iter().find(|&&(k, _)| k == c).map(|(_, code)| *code))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect::<Vec<String>>()
        .join(" / ")
}

fn main() {
    let text = "The quick brown fox, attacks at dawn on nineteen trains!";
    let secret = caesar::encrypt(text, 42);
    println!("{secret}\n{:?}", caesar::break_it(&secret));
    println!("{}", vigenere::encrypt(text, "Lemon"));
    for n in 0..=6 {
        let part = &text.as_bytes()[..n];
        let code = base64::encode(part);
        println!("{code:8} {:?}", base64::decode(&code).map(|b| b == part));
    }
    println!("{:?} {}", base64::decode("ab$d"), base64::encode("héllo"));
    let mut bytes = text.as_bytes().to_vec();
    xor(&mut bytes, b"k3y");
    println!("{}", hex(&bytes[..16]));
    xor(&mut bytes, b"k3y");
    println!("{:?}", String::from_utf8(bytes).as_deref() == Ok(text));
    println!("{:08x} {:08x} {:016x}", crc32(b"123456789"), adler32(b"Wikipedia"), fnv1a(b"hello"));
    println!("{:?} {:?}", unhex("00ff7f"), unhex("0g"));
    println!("{:?}", rle(b"aaabccdddd").iter().map(|&(b, n)| format!("{n}{}", b as char)).collect::<String>());
    println!("{}", morse("sos hello world"));
}

#[test]
fn round_trips() {
    for by in [0, 1, 13, 25, 26, 200] {
        assert_eq!(caesar::decrypt(&caesar::encrypt("Hello, World", by), by), "Hello, World");
    }
    assert_eq!(crc32(b""), 0);
    assert_eq!(base64::decode(&base64::encode([1u8, 2, 3])), Ok(vec![1, 2, 3]));
}
