//! Says why a run failed, as a value and as an object.
//!
//! In: a failed run. Out: a `Failure`, and the bytes stored under each of the run's output names.
//!
//! The stored form is little-endian and position-independent, 160 bytes and then two strings:
//!
//! | offset | field |
//! | --- | --- |
//! | 0 | the eight bytes `cloudcF1` |
//! | 8 | `code: u32` |
//! | 12 | `site: u32` |
//! | 16 | `detail: u64` |
//! | 24 | offset of the faulting instruction in the image, `u64::MAX` if there is none |
//! | 32 | name of the task |
//! | 64 | name of the run, that is of its output 0 |
//! | 96 | name of the run that failed first, `Name::NONE` if it is this one |
//! | 128 | `msg_len: u32`, `origin_len: u32`, then 24 zero bytes |
//! | 160 | the message in UTF-8, then the failure object of the run that failed first |
//!
//! Invariant: an origin has no origin of its own, so a failure is two records deep at most however far it
//! travelled.

use std::fmt;

use cloudc_abi::{FailureCode, MAX_MESSAGE, Name};

const MAGIC: &[u8; 8] = b"cloudcF1";
const HEADER: usize = 160;

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A `FailureCode` or a number of the task's own.
    pub code: u32,
    /// Site of the failure in the task's program; the manifest's side file maps it to a position.
    pub site: u32,
    /// For example the index that was out of bounds.
    pub detail: u64,
    /// Where in the image a fault happened.
    pub image_offset: Option<u64>,
    /// The task.
    pub task: Name,
    /// The run: the name of its output 0.
    pub run: Name,
    /// What the task or the host had to say.
    pub message: String,
    /// The failure that caused this one, if it began elsewhere.
    pub origin: Option<Box<Failure>>,
}

impl Failure {
    /// A failure of `run` that the host noticed.
    pub(crate) fn noticed(code: FailureCode, task: Name, run: Name, message: impl Into<String>) -> Failure {
        Failure {
            code: code as u32,
            site: 0,
            detail: 0,
            image_offset: None,
            task,
            run,
            message: message.into(),
            origin: None,
        }
    }

    /// Where it began: the origin, or the failure itself.
    pub fn root(&self) -> &Failure {
        self.origin.as_deref().unwrap_or(self)
    }

    /// Whether the cause lies in the world and not in the program: another try may succeed.
    pub fn is_worldly(&self) -> bool {
        matches!(self.root().code, 48..=50)
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let message = kept_part(&self.message);
        let origin = match &self.origin {
            Some(origin) => Failure { origin: None, ..(**origin).clone() }.to_bytes(),
            None => Vec::new(),
        };
        let mut bytes = Vec::with_capacity(HEADER + message.len() + origin.len());
        bytes.extend(MAGIC);
        bytes.extend(self.code.to_le_bytes());
        bytes.extend(self.site.to_le_bytes());
        bytes.extend(self.detail.to_le_bytes());
        bytes.extend(self.image_offset.unwrap_or(u64::MAX).to_le_bytes());
        bytes.extend(self.task.0);
        bytes.extend(self.run.0);
        bytes.extend(self.origin.as_ref().map_or(Name::NONE, |origin| origin.run).0);
        bytes.extend((message.len() as u32).to_le_bytes());
        bytes.extend((origin.len() as u32).to_le_bytes());
        bytes.resize(HEADER, 0);
        bytes.extend(message.as_bytes());
        bytes.extend(origin);
        bytes
    }

    /// Reads the stored form back; `None` if the bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Failure> {
        if bytes.len() < HEADER || bytes[..8] != *MAGIC {
            return None;
        }
        let word = |at: usize| bytes[at..at + 4].try_into().map(u32::from_le_bytes).ok();
        let long = |at: usize| bytes[at..at + 8].try_into().map(u64::from_le_bytes).ok();
        let name = |at: usize| bytes[at..at + 32].try_into().map(Name).ok();
        let message_end = HEADER.checked_add(word(128)? as usize)?;
        let origin_end = message_end.checked_add(word(132)? as usize)?;
        if origin_end != bytes.len() {
            return None;
        }
        let origin = match &bytes[message_end..origin_end] {
            [] => None,
            origin => {
                let origin = Failure::from_bytes(origin)?;
                if origin.origin.is_some() {
                    return None;
                }
                Some(Box::new(origin))
            }
        };
        Some(Failure {
            code: word(8)?,
            site: word(12)?,
            detail: long(16)?,
            image_offset: long(24).filter(|offset| *offset != u64::MAX),
            task: name(32)?,
            run: name(64)?,
            message: String::from_utf8_lossy(&bytes[HEADER..message_end]).into_owned(),
            origin,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = self.root();
        match FailureCode::from_number(root.code) {
            Some(code) => write!(f, "{}", code.describe())?,
            None => write!(f, "failure {}", root.code)?,
        }
        if !root.message.is_empty() {
            write!(f, ": {}", root.message)?;
        }
        if let Some(offset) = root.image_offset {
            write!(f, " (image offset {offset:#x})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// As much of a message as is kept, cut between characters.
fn kept_part(message: &str) -> &str {
    let mut end = message.len().min(MAX_MESSAGE);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    &message[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Failure {
        let name = Name::content(&[3; 32]);
        Failure {
            image_offset: Some(0x40),
            site: 7,
            detail: 9,
            ..Failure::noticed(FailureCode::Bounds, name, Name::derived(&[4; 32]), "index 9 of 3")
        }
    }

    #[test]
    fn failures_round_trip_with_their_origin() {
        let origin = example();
        let later = Failure { code: 32, origin: Some(Box::new(origin.clone())), ..example() };
        for failure in [origin, later] {
            assert_eq!(Failure::from_bytes(&failure.to_bytes()), Some(failure));
        }
    }

    // Whatever the bytes, reading a failure object gives a failure or nothing.
    #[test]
    fn altered_failure_objects_are_refused_or_read() {
        let good = Failure { origin: Some(Box::new(example())), ..example() }.to_bytes();
        for end in 0..good.len() {
            assert_eq!(Failure::from_bytes(&good[..end]), None);
        }
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0xFF;
            let _ = Failure::from_bytes(&bad);
        }
    }

    #[test]
    fn long_messages_are_cut_between_characters() {
        let failure = Failure { message: "é".repeat(3000), ..example() };
        let read = Failure::from_bytes(&failure.to_bytes()).unwrap();
        assert_eq!(read.message.len(), 4096);
    }
}
