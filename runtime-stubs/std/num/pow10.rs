//! Powers of ten as 128 significant bits, the highest set, rounded down: what float parsing and printing scale with.
//!
//! Kept small, since every image that prints a float holds it: each 27th power, the powers of five between them, and two
//! bits for each power that say by how much their product falls short of it.

/// The least exponent with a power.
pub const MIN: i32 = -342;
/// Exponent of the first of `STEPS`.
const START: i32 = -351;
/// 10^(START + 27 k), high word first.
static STEPS: [u64; 52] = [
    0x8049a4ac0c5811ae, 0x205b896d777d6278, 0xcf42894a5dce35ea, 0x52064cac828675b9,
    0xa76c582338ed2621, 0xaf2af2b80af6f24e, 0x873e4f75e2224e68, 0x5a7744a6e804a291,
    0xda7f5bf590966848, 0xaf39a475506a899e, 0xb080392cc4349dec, 0xbd8d794d96aacfb3,
    0x8e938662882af53e, 0x547eb47b7282ee9c, 0xe65829b3046b0afa, 0x0cb4a5a3112a5112,
    0xba121a4650e4ddeb, 0x92f34d62616ce413, 0x964e858c91ba2655, 0x3a6a07f8d510f86f,
    0xf2d56790ab41c2a2, 0xfae27299423fb9c3, 0xc428d05aa4751e4c, 0xaa97e14c3c26b886,
    0x9e74d1b791e07e48, 0x775ea264cf55347d, 0x8000000000000000, 0x0000000000000000,
    0xcecb8f27f4200f3a, 0x0000000000000000, 0xa70c3c40a64e6c51, 0x999090b65f67d924,
    0x86f0ac99b4e8dafd, 0x69a028bb3ded71a3, 0xda01ee641a708de9, 0xe80e6f4820cc9495,
    0xb01ae745b101e9e4, 0x5ec05dcff72e7f8f, 0x8e41ade9fbebc27d, 0x14588f13be847307,
    0xe5d3ef282a242e81, 0x8f1668c8a86da5fa, 0xb9a74a0637ce2ee1, 0x6d953e2bd7173692,
    0x95f83d0a1fb69cd9, 0x4abdaf101564f98e, 0xf24a01a73cf2dccf, 0xbc633b39673c8cec,
    0xc3b8358109e84f07, 0x0a862f80ec4700c8, 0x9e19db92b4e31ba9, 0x6c07a2c26a8346d1,
];
/// 5^k.
static FIVES: [u64; 27] = [
    0x0000000000000001, 0x0000000000000005, 0x0000000000000019, 0x000000000000007d,
    0x0000000000000271, 0x0000000000000c35, 0x0000000000003d09, 0x000000000001312d,
    0x000000000005f5e1, 0x00000000001dcd65, 0x00000000009502f9, 0x0000000002e90edd,
    0x000000000e8d4a51, 0x0000000048c27395, 0x000000016bcc41e9, 0x000000071afd498d,
    0x0000002386f26fc1, 0x000000b1a2bc2ec5, 0x000003782dace9d9, 0x00001158e460913d,
    0x000056bc75e2d631, 0x0001b1ae4d6e2ef5, 0x000878678326eac9, 0x002a5a058fc295ed,
    0x00d3c21bcecceda1, 0x0422ca8b0a00a425, 0x14adf4b7320334b9,
];
/// Two bits for each exponent from `MIN` on: what the product of step and power of five lacks.
static SHORT: [u64; 21] = [
    0x1501000455555551, 0x0001400041450500, 0x9565555944541005, 0x4105540544544116,
    0x1041551596525555, 0x4010404441054005, 0x0000000010040015, 0x9551556955400000,
    0x0010000050401165, 0x4515544115051554, 0x0000045451055195, 0x0000000000000000,
    0x0000000000000000, 0x969965a555590000, 0x5050155555455505, 0x0010555514545511,
    0x5515541000110100, 0x4415050445545455, 0x0010000000015414, 0x0000000400400000,
    0x0000000000000000,
];

/// 10^e for `e` from -342 to 324.
pub fn power(e: i32) -> (u64, u64) {
    let from_start = (e - START) as usize;
    let step = from_start / 27 * 2;
    let five = FIVES[from_start % 27];
    let low = STEPS[step + 1] as u128 * five as u128;
    let high = STEPS[step] as u128 * five as u128 + (low >> 64);
    // The product has between 128 and 191 bits; its 128 highest are the power.
    let top = (high >> 64) as u64;
    let (hi, lo) = if top == 0 {
        (high as u64, low as u64)
    } else {
        let up = top.leading_zeros();
        let mid = high as u64;
        if up == 0 {
            (top, mid)
        } else {
            (top << up | mid >> (64 - up), mid << up | low as u64 >> (64 - up))
        }
    };
    let at = (e - MIN) as usize;
    let (lo, carry) = lo.overflowing_add(SHORT[at / 32] >> (at % 32 * 2) & 3);
    (hi + carry as u64, lo)
}
