//! NumPy's `.npy` files: one-dimensional arrays of numbers.
//!
//! In: the bytes of a file, or elements in little-endian order. Out: the other. Versions 1 to 3 are read, version 1 is
//! written. Arrays of more dimensions are read as the elements in C order, which is how programs index them.

/// The array in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Array<'a> {
    /// The element type as NumPy writes it, without the byte order: `f8`, `i4`, `u1`, `b1`.
    pub kind: String,
    /// The elements, little-endian.
    pub data: &'a [u8],
}

const MAGIC: &[u8] = b"\x93NUMPY";

/// Reads a file.
///
/// # Errors
/// What is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Array<'_>, String> {
    let short = || "it ends before its header does".to_string();
    let rest = bytes.strip_prefix(MAGIC).ok_or("it is not an .npy file")?;
    let (&[major, _minor], rest) = rest.split_first_chunk::<2>().ok_or_else(short)?;
    let (len, rest) = if major == 1 {
        let (len, rest) = rest.split_first_chunk::<2>().ok_or_else(short)?;
        (u16::from_le_bytes(*len) as usize, rest)
    } else if major <= 3 {
        let (len, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
        (u32::from_le_bytes(*len) as usize, rest)
    } else {
        return Err(format!("it has version {major} of the format; 1 to 3 can be read"));
    };
    let (header, data) = rest.split_at_checked(len).ok_or_else(short)?;
    let header = String::from_utf8_lossy(header);
    let descr = field(&header, "descr").and_then(quoted).ok_or("its header gives no element type")?;
    if field(&header, "fortran_order").is_some_and(|v| v.starts_with("True")) {
        return Err("it is in Fortran order; save it with `np.ascontiguousarray`".to_string());
    }
    let kind = match descr.split_at_checked(1) {
        Some(("<" | "|", kind)) => kind.to_string(),
        Some((">", _)) => return Err("it is big-endian; save it as little-endian".to_string()),
        _ => descr.to_string(),
    };
    let shape = field(&header, "shape").ok_or("its header gives no shape")?;
    let shape =
        shape.strip_prefix('(').and_then(|s| s.split(')').next()).ok_or("its shape cannot be read")?;
    let mut count: usize = 1;
    for part in shape.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let n: usize = part.parse().map_err(|_| "its shape cannot be read")?;
        count = count.checked_mul(n).ok_or("its shape is too large")?;
    }
    let size: usize = kind.get(1..).and_then(|s| s.parse().ok()).ok_or("its element type cannot be read")?;
    let want = count.checked_mul(size).ok_or("its shape is too large")?;
    if data.len() != want {
        return Err(format!("its shape asks for {want} bytes of data, {} are there", data.len()));
    }
    Ok(Array { kind, data })
}

/// The text after `'name':`.
fn field<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    let at = header.find(&format!("'{name}'"))?;
    let rest = &header[at + name.len() + 2..];
    Some(rest.trim_start().strip_prefix(':')?.trim_start())
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('\'')?.split('\'').next()
}

/// A file with these elements.
pub fn write(kind: &str, count: usize, data: &[u8]) -> Vec<u8> {
    let order = if kind.ends_with('1') { '|' } else { '<' };
    let mut header =
        format!("{{'descr': '{order}{kind}', 'fortran_order': False, 'shape': ({count},), }}").into_bytes();
    // The elements start at a multiple of 64; the header ends with a newline.
    let total = (MAGIC.len() + 4 + header.len() + 1).next_multiple_of(64);
    header.resize(total - MAGIC.len() - 4 - 1, b' ');
    header.push(b'\n');
    let mut file = MAGIC.to_vec();
    file.extend([1, 0]);
    file.extend((header.len() as u16).to_le_bytes());
    file.extend(header);
    file.extend(data);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let data: Vec<u8> = [1.5f64, -2.0, 3.25].iter().flat_map(|x| x.to_le_bytes()).collect();
        let file = write("f8", 3, &data);
        assert_eq!((file.len() - data.len()) % 64, 0);
        assert_eq!(read(&file), Ok(Array { kind: "f8".to_string(), data: &data }));
    }

    #[test]
    fn damaged_files_are_refused() {
        let file = write("i4", 2, &[0; 8]);
        for end in 0..file.len() {
            assert!(read(&file[..end]).is_err(), "cut at {end}");
        }
        assert_eq!(read(b"hello").unwrap_err(), "it is not an .npy file");
    }
}
