//! What stands behind `host_call`: the nine calls of the task ABI over simulated memory.
//!
//! Buffers and outputs are the machine's own affair; what reaches outside the run goes through [`Host`].

use super::memory::{BadAddress, Memory};
use super::{Failure, Limit, Outcome};
use cloudc_frontend::source::Span;

/// A name of the task ABI.
pub type Name = [u8; 32];

/// A spawn request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spawn {
    /// The image.
    pub task: Name,
    /// Version of its outputs.
    pub version: u64,
    /// Names of its inputs.
    pub inputs: Vec<Name>,
    /// How many outputs it has.
    pub outputs: u32,
    /// Where in the source.
    pub site: Span,
}

/// The world outside a run. Errors are the negative numbers of the task ABI.
pub trait Host {
    /// Bytes of an object.
    fn get(&mut self, name: Name) -> Result<Vec<u8>, i64>;
    /// Seals an object and gives its name.
    fn commit(&mut self, bytes: &[u8]) -> Result<Name, i64>;
    /// Asks for another run; names of its outputs.
    fn spawn(&mut self, request: Spawn) -> Result<Vec<Name>, i64>;
    /// Output `index` of this run is that object.
    fn bind(&mut self, index: usize, name: Name) -> Result<(), i64>;
    /// A message for people.
    fn log(&mut self, _level: u64, _text: &str) {}
}

/// No world at all.
pub struct NoHost;

const UNSUPPORTED: i64 = -8;
const INVALID: i64 = -1;
const QUOTA: i64 = -4;

impl Host for NoHost {
    fn get(&mut self, _: Name) -> Result<Vec<u8>, i64> {
        Err(UNSUPPORTED)
    }
    fn commit(&mut self, _: &[u8]) -> Result<Name, i64> {
        Err(UNSUPPORTED)
    }
    fn spawn(&mut self, _: Spawn) -> Result<Vec<Name>, i64> {
        Err(UNSUPPORTED)
    }
    fn bind(&mut self, _: usize, _: Name) -> Result<(), i64> {
        Err(UNSUPPORTED)
    }
}

/// Layout of the context and of buffers, as in the task ABI.
const CTX_SIZE: u64 = 128;
const BUF_SIZE: u64 = 32;
/// Handles of objects under construction start here; below are those of outputs.
const OBJECTS: u64 = 1 << 16;
/// Failure code of `process::exit`.
const EXIT: u32 = 8;

/// The run's side of the task ABI.
#[derive(Default)]
pub(super) struct Abi {
    /// Address of the context.
    pub context: u64,
    outputs: u64,
    count: usize,
    bound: Vec<bool>,
    /// Addresses of objects under construction.
    objects: Vec<u64>,
}

/// Why a host call does not return.
pub(super) enum HostStop {
    Bad(BadAddress),
    Ended(Outcome),
}

impl From<BadAddress> for HostStop {
    fn from(bad: BadAddress) -> Self {
        HostStop::Bad(bad)
    }
}

impl Abi {
    /// Lays out context, inputs, outputs and the first piece of heap.
    pub fn new(memory: &mut Memory, inputs: &[Vec<u8>], outputs: usize) -> Result<Abi, HostStop> {
        let full = || HostStop::Ended(Outcome::Limit(Limit::Memory));
        let context = memory.grant(CTX_SIZE, 64).ok_or_else(full)?;
        let ins = memory.grant(inputs.len() as u64 * BUF_SIZE, 64).ok_or_else(full)?;
        let outs = memory.grant(outputs as u64 * BUF_SIZE, 64).ok_or_else(full)?;
        for (i, bytes) in inputs.iter().enumerate() {
            let at = memory.grant(bytes.len() as u64, 64).ok_or_else(full)?;
            memory.slice_mut(at, bytes.len() as u64)?.copy_from_slice(bytes);
            write_buf(
                memory,
                ins + i as u64 * BUF_SIZE,
                at,
                bytes.len() as u64,
                bytes.len() as u64,
                i as u64,
                3,
            )?;
        }
        for i in 0..outputs as u64 {
            write_buf(memory, outs + i * BUF_SIZE, 0, 0, 0, i, 0)?;
        }
        let heap = memory.grant(65536, 64).ok_or_else(full)?;
        memory.store_u64(context + 8, ins)?;
        memory.store_u64(context + 16, outs)?;
        memory.store_u64(context + 24, inputs.len() as u64 | (outputs as u64) << 32)?;
        memory.store_u64(context + 32, heap)?;
        memory.store_u64(context + 40, 65536)?;
        memory.store_u64(context + 56, 1 << 16)?;
        Ok(Abi { context, outputs: outs, count: outputs, bound: vec![false; outputs], objects: Vec::new() })
    }

    /// Bytes of the outputs as they are now.
    pub fn outputs(&self, memory: &Memory) -> Vec<Option<Vec<u8>>> {
        (0..self.count)
            .map(|i| {
                let buf = self.outputs + i as u64 * BUF_SIZE;
                let (at, len) = (memory.load_u64(buf).ok()?, memory.load_u64(buf + 8).ok()?);
                if self.bound[i] || at == 0 {
                    return None;
                }
                memory.slice(at, len).ok().map(<[u8]>::to_vec)
            })
            .collect()
    }

    /// One host call.
    pub fn call(
        &mut self,
        memory: &mut Memory,
        host: &mut dyn Host,
        sites: &[Span],
        slot: u64,
        [a, b, c, d]: [u64; 4],
    ) -> Result<i64, HostStop> {
        let name_at = |memory: &Memory, at: u64| -> Result<Name, BadAddress> {
            let mut name = [0; 32];
            name.copy_from_slice(memory.slice(at, 32)?);
            Ok(name)
        };
        let site =
            |n: u32| n.checked_sub(1).and_then(|n| sites.get(n as usize)).copied().unwrap_or(Span::NONE);
        Ok(match slot {
            0 => match host.get(name_at(memory, a)?) {
                Ok(bytes) => {
                    let len = bytes.len() as u64;
                    let Some(at) = memory.grant(len, 64) else { return Ok(QUOTA) };
                    memory.slice_mut(at, len)?.copy_from_slice(&bytes);
                    write_buf(memory, c, at, len, len, 0, 3)?;
                    0
                }
                Err(e) => e,
            },
            1 => return self.grant(memory, a, b, c, d),
            2 => self.commit(memory, host, a, b, d)?,
            3 | 6 => 0,
            4 => {
                let (inputs, counts) = (memory.load_u64(a + 40)?, memory.load_u64(a + 48)?);
                let request = Spawn {
                    task: name_at(memory, a)?,
                    version: memory.load_u64(a + 32)?,
                    inputs: (0..counts & 0xffff_ffff)
                        .map(|i| name_at(memory, inputs + i * 32))
                        .collect::<Result<_, _>>()?,
                    outputs: (counts >> 32) as u32,
                    site: site(memory.load(a + 56, 4)? as u32),
                };
                match host.spawn(request) {
                    Ok(names) => {
                        for (i, name) in names.iter().enumerate() {
                            memory.slice_mut(b + i as u64 * 32, 32)?.copy_from_slice(name);
                        }
                        0
                    }
                    Err(e) => e,
                }
            }
            5 => match host.bind(a as usize, name_at(memory, b)?) {
                Ok(()) => {
                    if let Some(bound) = self.bound.get_mut(a as usize) {
                        *bound = true;
                    }
                    0
                }
                Err(e) => e,
            },
            7 => {
                let words = memory.load_u64(a)?;
                let (code, site) = (words as u32, site((words >> 32) as u32));
                let message = memory.slice(memory.load_u64(a + 8)?, memory.load(a + 16, 4)? as u64)?;
                let message = String::from_utf8_lossy(message).into_owned();
                let detail = memory.load_u64(a + 24)?;
                return Err(HostStop::Ended(if code == EXIT {
                    Outcome::Exited(detail as i32)
                } else {
                    Outcome::Panicked(Failure { code, site, message, detail })
                }));
            }
            8 => {
                host.log(a, &String::from_utf8_lossy(memory.slice(b, c)?));
                0
            }
            _ => UNSUPPORTED,
        })
    }

    fn grant(
        &mut self,
        memory: &mut Memory,
        kind: u64,
        index: u64,
        bytes: u64,
        buf: u64,
    ) -> Result<i64, HostStop> {
        let Some(at) = memory.grant(bytes, 64) else { return Ok(QUOTA) };
        let handle = match kind {
            0 if index < self.count as u64 => {
                let (old, len) = (memory.load_u64(buf)?, memory.load_u64(buf + 8)?);
                memory.copy(old, at, len.min(bytes))?;
                index
            }
            1 => u32::MAX as u64,
            2 => {
                self.objects.push(at);
                OBJECTS + self.objects.len() as u64 - 1
            }
            _ => return Ok(INVALID),
        };
        write_buf(memory, buf, at, 0, bytes, handle, 2)?;
        Ok(0)
    }

    fn commit(
        &mut self,
        memory: &mut Memory,
        host: &mut dyn Host,
        handle: u64,
        len: u64,
        name: u64,
    ) -> Result<i64, HostStop> {
        let Some(object) = handle.checked_sub(OBJECTS) else {
            // An output: it keeps its bytes; its name is the host's affair.
            if handle >= self.count as u64 {
                return Ok(INVALID);
            }
            memory.store_u64(self.outputs + handle * BUF_SIZE + 8, len)?;
            return Ok(0);
        };
        let Some(&at) = self.objects.get(object as usize) else { return Ok(INVALID) };
        match host.commit(memory.slice(at, len)?) {
            Ok(n) => {
                memory.slice_mut(name, 32)?.copy_from_slice(&n);
                Ok(0)
            }
            Err(e) => Ok(e),
        }
    }
}

fn write_buf(
    memory: &mut Memory,
    buf: u64,
    ptr: u64,
    len: u64,
    cap: u64,
    handle: u64,
    state: u64,
) -> Result<(), BadAddress> {
    memory.store_u64(buf, ptr)?;
    memory.store_u64(buf + 8, len)?;
    memory.store_u64(buf + 16, cap)?;
    memory.store_u64(buf + 24, handle | state << 32)
}
