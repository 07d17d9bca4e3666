//! Named objects: inputs, outputs, committed values and spawned runs.

use super::abi::{self, Buf, Name, SpawnRequest};
use super::freeze::{Record, Root, record, thaw, thaw_owned};
use super::share::Shares;
use super::{CODE_PANIC, fail, state};
use crate::intrinsics as i;
use crate::prelude::v1::*;

pub fn input_count() -> usize {
    unsafe { (*state().cx).n_inputs as usize }
}

/// The bytes of input `index`, in place.
pub fn input_bytes(index: usize) -> &'static [u8] {
    unsafe {
        let buf = (*state().cx).inputs.add(index);
        i::slice_from_raw_parts((*buf).ptr as *const u8, (*buf).len as usize)
    }
}

/// Input `index`: the bytes of a plain value, the record form of any other.
#[lang = "rt_input"]
pub fn input_value<T>(index: usize) -> T {
    value_in(input_bytes(index), usize::MAX)
}

/// The value that is an object.
fn value_in<T>(bytes: &[u8], shared: usize) -> T {
    let ptr = unsafe { i::slice_ptr(bytes as *const [u8]) };
    if unsafe { i::is_plain::<T>() } {
        return unsafe { i::read(ptr as *const T) };
    }
    unsafe { thaw(ptr, shared) }
}

/// The bytes of a plain value.
pub fn bytes_of<T>(value: &T) -> &[u8] {
    unsafe { i::slice_from_raw_parts(value as *const T as *const u8, crate::mem::size_of::<T>()) }
}

/// An input of pointer-free elements, used where it lies: nothing is copied and nothing is freed.
#[lang = "rt_input_raw"]
pub fn input_raw<T>(index: usize) -> Vec<T> {
    let bytes = input_bytes(index);
    let size = crate::mem::size_of::<T>();
    let len = if size == 0 { 0 } else { bytes.len() / size };
    unsafe { Vec::from_raw_parts(i::slice_ptr(bytes as *const [u8]) as *mut T, len, len) }
}

/// Room for output `index`, which will have so many bytes.
#[inline(never)]
fn output_room(index: usize, len: usize) -> *mut u8 {
    unsafe {
        let out: *mut Buf = (*state().cx).outputs.add(index);
        if ((*out).cap as usize) < len || (*out).ptr.is_null() {
            let r = i::host_call(abi::GRANT, abi::GRANT_OUTPUT, index, len, out as usize);
            if r < 0 {
                fail(CODE_PANIC, 0, "the host refused an output", len as u64);
            }
        }
        (*out).len = len as u64;
        (*out).ptr
    }
}

pub(crate) fn fill_output(index: usize, ptr: *const u8, len: usize) {
    unsafe { i::copy_nonoverlapping(ptr, output_room(index, len), len) }
}

/// Makes `value` output `index`: the bytes of a plain value, the record form of any other.
#[lang = "rt_output"]
pub fn set_output<T>(index: usize, value: &T) {
    if unsafe { i::is_plain::<T>() } {
        return fill_output(index, value as *const T as *const u8, crate::mem::size_of::<T>());
    }
    fill_with_record(index, Root::of(value))
}

#[inline(never)]
fn fill_with_record(index: usize, root: Root) {
    let record = record(root, 0 as *mut Shares);
    unsafe { record.write(output_room(index, record.len())) }
}

/// Makes the bytes of pointer-free elements output `index`.
#[lang = "rt_output_raw"]
pub fn set_output_raw<T>(index: usize, value: &[T]) {
    let ptr = unsafe { i::slice_ptr(value as *const [T]) } as *const u8;
    fill_output(index, ptr, value.len() * crate::mem::size_of::<T>());
}

/// Commits bytes as an object of their own; at most 30 become a literal.
#[inline(never)]
pub fn put_bytes(bytes: &[u8]) -> Name {
    if bytes.len() <= 30 {
        return Name::literal(bytes);
    }
    let mut buf = Buf::empty();
    let room = object_room(&mut buf, bytes.len());
    unsafe { i::copy_nonoverlapping(i::slice_ptr(bytes as *const [u8]), room, bytes.len()) };
    commit(&buf, bytes.len())
}

/// Room for an object of so many bytes.
#[inline(never)]
fn object_room(buf: &mut Buf, len: usize) -> *mut u8 {
    let r = unsafe { i::host_call(abi::GRANT, abi::GRANT_OBJECT, 0, len, buf as *mut Buf as usize) };
    if r < 0 {
        fail(CODE_PANIC, 0, "the host refused an object", len as u64);
    }
    buf.ptr
}

fn commit(buf: &Buf, len: usize) -> Name {
    let mut name = Name([0; 32]);
    unsafe { i::host_call(abi::COMMIT, buf.handle as usize, len, 0, &mut name as *mut Name as usize) };
    name
}

/// The name under which this run was given input `index`.
pub fn input_name(index: usize) -> Name {
    let mut name = Name([0; 32]);
    unsafe { i::host_call(abi::COMMIT, index, 0, 0, &mut name as *mut Name as usize) };
    name
}

/// Where the host keeps the pointer part of the record in input `index` with addresses in it, for all runs that read it. The
/// record's shared objects begin with input `shared`. `None`: this run must thaw it by itself.
pub fn input_addressed(index: usize, shared: usize) -> Option<*const u8> {
    let count = input_count();
    let shared = if shared < count { shared } else { count };
    let mut buf = Buf::empty();
    let r = unsafe { i::host_call(abi::GRANT, abi::GRANT_ADDRESSED, index, shared, &mut buf as *mut Buf as usize) };
    if r < 0 { None } else { Some(buf.ptr as *const u8) }
}

/// Commits the record form of a value.
#[inline(never)]
pub fn put_record(root: Root, shares: *mut Shares) -> Name {
    put_finished(record(root, shares))
}

/// Commits a record.
#[inline(never)]
pub fn put_finished(record: Record) -> Name {
    let mut buf = Buf::empty();
    unsafe { record.write(object_room(&mut buf, record.len())) };
    commit(&buf, record.len())
}

#[lang = "rt_put"]
pub fn put<T>(value: &T) -> Name {
    if unsafe { i::is_plain::<T>() } {
        return put_bytes(bytes_of(value));
    }
    put_record(Root::of(value), 0 as *mut Shares)
}

/// The bytes of an object, in place; waits until it exists.
#[inline(never)]
pub fn get_bytes(name: &Name) -> &'static [u8] {
    if name.0[31] >= 0x80 {
        let n = (name.0[31] - 0x80) as usize;
        let copy = super::heap::__rust_alloc(32, 16);
        unsafe {
            i::copy_nonoverlapping(name as *const Name as *const u8, copy, n);
            return i::slice_from_raw_parts(copy as *const u8, n);
        }
    }
    match fetch(name) {
        Some(fetched) => fetched.bytes,
        None => fail(CODE_PANIC, 0, "an object could not be had", 0),
    }
}

/// An object that is there.
pub struct Fetched {
    /// Its bytes, in place.
    pub bytes: &'static [u8],
    handle: u32,
}

impl Fetched {
    /// The value the object is. What it refers to stays where it lies.
    pub fn value<T>(&self) -> T {
        value_in(self.bytes, usize::MAX)
    }
    /// The same, as a value of the task's own.
    pub fn owned_value<T>(&self) -> T {
        owned_value_in(self.bytes, usize::MAX)
    }
    /// Says that this run has done with the object. Nothing may refer to it any more.
    #[inline(never)]
    pub fn release(self) {
        unsafe {
            i::host_call(abi::RELEASE, self.handle as usize, 0, 0, 0);
        }
    }
}

/// The object behind the name of an output, once it exists. `None`: its run failed.
#[inline(never)]
pub fn fetch(name: &Name) -> Option<Fetched> {
    let mut buf = Buf::empty();
    unsafe {
        let r = i::host_call(abi::GET, name as *const Name as usize, 0, &mut buf as *mut Buf as usize, 0);
        if r < 0 {
            return None;
        }
        let bytes = i::slice_from_raw_parts(buf.ptr as *const u8, buf.len as usize);
        Some(Fetched { bytes, handle: buf.handle })
    }
}

#[lang = "rt_get"]
pub fn get<T>(name: &Name) -> T {
    value_in(get_bytes(name), usize::MAX)
}

/// Asks for another run and gives the names of its outputs.
#[lang = "rt_spawn"]
pub fn spawn(image: &Name, inputs: &[Name], outputs: usize, site: u32) -> Vec<Name> {
    let request = SpawnRequest {
        task: *image,
        version: 0,
        inputs: unsafe { i::slice_ptr(inputs as *const [Name]) },
        n_inputs: inputs.len() as u32,
        n_outputs: outputs as u32,
        site,
        flags: 0,
    };
    let mut names: Vec<Name> = Vec::with_capacity(outputs);
    let mut k = 0;
    while k < outputs {
        names.push(Name([0; 32]));
        k += 1;
    }
    let r = unsafe {
        i::host_call(abi::SPAWN, &request as *const SpawnRequest as usize, names.as_mut_ptr() as usize, 0, 0)
    };
    if r < 0 {
        fail(CODE_PANIC, site, "the host refused a spawn", 0);
    }
    names
}

/// Output `index` is the object `name`.
#[lang = "rt_bind"]
pub fn bind(index: usize, name: &Name) {
    unsafe {
        i::host_call(abi::BIND, index, name as *const Name as usize, 0, 0);
    }
}

/// The input that the program reads under this name: a file, `stdin` or `args`.
///
/// Such inputs come last, after a raw input (`State::named_inputs`) that lists their names, one per line, in order.
pub fn named_input(name: &str) -> Option<&'static [u8]> {
    let s = state();
    if s.named_inputs == usize::MAX {
        return None;
    }
    let list = unsafe { crate::str::from_utf8_unchecked(input_bytes(s.named_inputs)) };
    let mut index = s.named_inputs + 1;
    for line in list.lines() {
        if line == name {
            return Some(input_bytes(index));
        }
        index += 1;
    }
    None
}
/// The same as text; empty if there is no such input.
pub fn named_text(name: &str) -> &'static str {
    match named_input(name) {
        Some(bytes) => match crate::str::from_utf8(bytes) {
            Ok(s) => s,
            Err(_) => "",
        },
        None => "",
    }
}
pub fn stdin_rest() -> &'static [u8] {
    match named_input("stdin") {
        Some(bytes) => &bytes[state().stdin_read..],
        None => &[],
    }
}
pub fn stdin_advance(n: usize) {
    state().stdin_read += n;
}

/// Input `index`, as a value the task may change.
#[lang = "rt_input_owned"]
pub fn input_owned<T>(index: usize) -> T {
    owned_value_in(input_bytes(index), usize::MAX)
}

/// Input `index`, which may refer to shared objects: they begin with input `shared`.
#[lang = "rt_input_sharing"]
pub fn input_sharing<T>(index: usize, shared: usize) -> T {
    value_in(input_bytes(index), shared)
}

/// The same, as a value the task may change.
#[lang = "rt_input_owned_sharing"]
pub fn input_owned_sharing<T>(index: usize, shared: usize) -> T {
    owned_value_in(input_bytes(index), shared)
}

/// The value that is an object, as one the task may change.
fn owned_value_in<T>(bytes: &[u8], shared: usize) -> T {
    if unsafe { i::is_plain::<T>() } {
        return value_in(bytes, shared);
    }
    unsafe { thaw_owned(i::slice_ptr(bytes as *const [u8]), shared) }
}

/// An input of pointer-free elements, as a vector the task may change.
#[lang = "rt_input_vec"]
pub fn input_vec<T>(index: usize) -> Vec<T> {
    let bytes = input_bytes(index);
    let size = crate::mem::size_of::<T>();
    let len = if size == 0 { 0 } else { bytes.len() / size };
    let mut values: Vec<T> = Vec::with_capacity(len);
    unsafe {
        i::copy_nonoverlapping(i::slice_ptr(bytes as *const [u8]), values.as_mut_ptr() as *mut u8, len * size);
        values.set_len(len);
    }
    values
}
