//! Sorting: a stable merge sort over the runs that are there, and a stable quicksort of what lies between them. The
//! unstable sorts are the same, since only results matter.
//!
//! Both split work as driftsort does (Orson Peters and Lukas Bergdoll, 2024): neighbours that are in no order yet are joined by
//! counting them as one, and sorted when they meet something that is. Neither jumps on the outcome of a comparison.

use crate::intrinsics as i;
use crate::prelude::v1::*;
use crate::rt;

/// What is sorted by insertion.
const SMALL: usize = 20;

/// Neighbouring elements, `lo` to `hi`.
#[derive(Clone, Copy)]
struct Run {
    lo: usize,
    hi: usize,
    is_sorted: bool,
}

/// One of two addresses, without a jump.
fn choose(first: usize, second: usize, is_second: usize) -> usize {
    first ^ ((first ^ second) & (0 - is_second))
}

/// Compares two elements. Not inlined: where it is called, comparing is not what takes the time.
#[inline(never)]
unsafe fn less_at<T, F: FnMut(&T, &T) -> bool>(p: *mut T, a: usize, b: usize, less: &mut F) -> bool {
    unsafe { less(&*p.add(a), &*p.add(b)) }
}

/// Extends the sorted run `[lo, mid)` to `[lo, hi)`. Not inlined: its loop needs all registers.
#[inline(never)]
unsafe fn insertion<T, F: FnMut(&T, &T) -> bool>(p: *mut T, lo: usize, mid: usize, hi: usize, less: &mut F) {
    let mut k = mid;
    while k < hi {
        unsafe {
            let tmp = crate::mem::ManuallyDrop::new(i::read(p.add(k) as *const T));
            let mut hole = k;
            while hole > lo && less(&*tmp, &*p.add(hole - 1)) {
                i::copy_nonoverlapping(p.add(hole - 1) as *const T, p.add(hole), 1);
                hole -= 1;
            }
            i::copy_nonoverlapping(&*tmp as *const T, p.add(hole), 1);
        }
        k += 1;
    }
}

/// The end of the run that starts at `lo`; a strictly falling one is turned round.
unsafe fn natural_run<T, F: FnMut(&T, &T) -> bool>(p: *mut T, lo: usize, len: usize, less: &mut F) -> usize {
    let mut end = lo + 1;
    if end >= len {
        return len;
    }
    unsafe {
        let falls = less_at(p, end, end - 1, less);
        end += 1;
        while end < len && less_at(p, end, end - 1, less) == falls {
            end += 1;
        }
        if falls {
            let (mut a, mut b) = (lo, end - 1);
            while a < b {
                crate::ptr::swap(p.add(a), p.add(b));
                a += 1;
                b -= 1;
            }
        }
    }
    end
}

/// Merges `[lo, mid)` and `[mid, hi)`; `buf` has room for the left part.
unsafe fn merge<T, F: FnMut(&T, &T) -> bool>(p: *mut T, lo: usize, mid: usize, hi: usize, buf: *mut T, less: &mut F) {
    unsafe {
        if !less_at(p, mid, mid - 1, less) {
            return;
        }
        let n = mid - lo;
        i::copy_nonoverlapping(p.add(lo) as *const T, buf, n);
        let mut left = 0usize;
        let mut right = mid;
        let mut out = lo;
        while left < n && right < hi {
            // Which side comes next is as good as random: it is chosen without a jump.
            let (l, r) = (buf.add(left) as usize, p.add(right) as usize);
            let from_right = less(&*(r as *const T), &*(l as *const T)) as usize;
            i::copy_nonoverlapping(choose(l, r, from_right) as *const T, p.add(out), 1);
            right += from_right;
            left += 1 - from_right;
            out += 1;
        }
        i::copy_nonoverlapping(buf.add(left) as *const T, p.add(out), n - left);
    }
}

/// Moves what is less than the pivot to the front (`with_equal`: what the pivot is not less than), all in order; where the rest
/// begins. `buf` has room for all.
unsafe fn partition<T, F: FnMut(&T, &T) -> bool>(
    p: *mut T,
    (lo, pivot, hi): (usize, usize, usize),
    buf: *mut T,
    with_equal: bool,
    less: &mut F,
) -> usize {
    let n = hi - lo;
    unsafe {
        let from = p.add(lo);
        let by = p.add(pivot);
        // The front grows from the start of the buffer, the rest, turned round, from its end: what is added to it has as many
        // places behind it as there are elements left, and those in front of it.
        let mut front = 0usize;
        let mut pivot_to = buf;
        let mut k = 0usize;
        let mut stop = pivot - lo;
        loop {
            while k < stop {
                let x = from.add(k);
                let goes = if with_equal { !less_at(p, pivot, lo + k, less) } else { less(&*x, &*by) } as usize;
                let to = front + ((n - 1 - k) & (goes - 1));
                i::copy_nonoverlapping(x as *const T, buf.add(to), 1);
                front += goes;
                k += 1;
            }
            if k == n {
                break;
            }
            pivot_to = buf.add(front + ((n - 1 - k) & (with_equal as usize - 1)));
            front += with_equal as usize;
            k += 1;
            stop = n;
        }
        // The pivot comes last: comparing may change what it holds.
        i::copy_nonoverlapping(by as *const T, pivot_to, 1);
        i::copy_nonoverlapping(buf as *const T, from, front);
        let (mut to, mut back) = (front, n);
        while to < n {
            back -= 1;
            i::copy_nonoverlapping(buf.add(back) as *const T, from.add(to), 1);
            to += 1;
        }
        lo + front
    }
}

/// The middle one of three.
unsafe fn median<T, F: FnMut(&T, &T) -> bool>(p: *mut T, a: usize, b: usize, c: usize, less: &mut F) -> usize {
    unsafe {
        let ab = less_at(p, a, b, less);
        if ab != less_at(p, a, c, less) {
            a
        } else if ab == less_at(p, b, c, less) {
            b
        } else {
            c
        }
    }
}

/// An element that is probably near the middle: of three, or of three times three.
unsafe fn choose_pivot<T, F: FnMut(&T, &T) -> bool>(p: *mut T, lo: usize, hi: usize, less: &mut F) -> usize {
    let eighth = (hi - lo) / 8;
    let step = eighth / 3;
    let mut of = [lo, lo + 4 * eighth, lo + 7 * eighth];
    let mut k = if step < 5 { 3 } else { 0 };
    loop {
        let (a, b, c) = if k < 3 { (of[k], of[k] + step, of[k] + 2 * step) } else { (of[0], of[1], of[2]) };
        let middle = unsafe { median(p, a, b, c, less) };
        if k == 3 {
            return middle;
        }
        of[k] = middle;
        k += 1;
    }
}

/// Sorts `[lo, hi)`; after `limit` bad pivots by merging.
unsafe fn quicksort<T, F: FnMut(&T, &T) -> bool>(
    p: *mut T,
    mut lo: usize,
    mut hi: usize,
    buf: *mut T,
    mut limit: usize,
    less: &mut F,
) {
    unsafe {
        while hi - lo > SMALL {
            if limit == 0 {
                return merge_sort(p, lo, hi, buf, true, less);
            }
            let n = hi - lo;
            let pivot = choose_pivot(p, lo, hi, less);
            let mut is_least = false;
            let mut mid = lo;
            while mid == lo {
                // Where nothing is less than the pivot nothing moves: then what equals it comes first, and is in order.
                mid = partition(p, (lo, pivot, hi), buf, is_least, less);
                is_least |= mid == lo;
            }
            let (front, rest) = (mid - lo, hi - mid);
            if front < n / 8 || rest < n / 8 {
                limit -= 1;
            }
            if is_least {
                lo = mid;
            } else if front < rest {
                quicksort(p, lo, mid, buf, limit, less);
                lo = mid;
            } else {
                quicksort(p, mid, hi, buf, limit, less);
                hi = mid;
            }
        }
        if hi - lo > 1 {
            insertion(p, lo, lo + 1, hi, less);
        }
    }
}

/// Twice the bits of a number.
fn double_log(n: usize) -> usize {
    2 * (usize::BITS - n.leading_zeros()) as usize
}

/// Whether comparing is probably cheap. What owns memory is looked up there; merging compares least.
fn is_cheap<T>() -> bool {
    !crate::mem::needs_drop::<T>()
}

/// Sorts a run that is not sorted yet.
#[inline(never)]
unsafe fn sort_run<T, F: FnMut(&T, &T) -> bool>(p: *mut T, run: Run, buf: *mut T, less: &mut F) {
    if !run.is_sorted && is_cheap::<T>() {
        unsafe { quicksort(p, run.lo, run.hi, buf, double_log(run.hi - run.lo), less) };
    }
}

/// Sorts `[lo, hi)` by merging neighbours of similar size; what is in no order is left to quicksort, or made short runs.
unsafe fn merge_sort<T, F: FnMut(&T, &T) -> bool>(
    p: *mut T,
    lo: usize,
    hi: usize,
    buf: *mut T,
    by_short_runs: bool,
    less: &mut F,
) {
    let by_short_runs = by_short_runs || !is_cheap::<T>();
    // Shorter runs are not worth merging: about the square root of how many elements there are.
    let good = if by_short_runs { SMALL } else { SMALL + (1 << (double_log(hi - lo) / 4)) };
    let mut stack = [Run { lo, hi: lo, is_sorted: true }; 96];
    // Each is less than half as long as the one below it, so there is room.
    let runs = stack.as_mut_ptr();
    let mut count = 0usize;
    let mut at = lo;
    unsafe {
        while at < hi {
            let mut end = natural_run(p, at, hi, less);
            let mut is_sorted = true;
            if end - at < good && end < hi {
                let target = if hi - at > good { at + good } else { hi };
                if by_short_runs {
                    insertion(p, at, end, target, less);
                } else {
                    is_sorted = false;
                }
                end = target;
            }
            let mut last = Run { lo: at, hi: end, is_sorted };
            while count > 0 {
                let before = *runs.add(count - 1);
                if before.is_sorted || last.is_sorted {
                    if end < hi && before.hi - before.lo > 2 * (last.hi - last.lo) {
                        break;
                    }
                    sort_run(p, before, buf, less);
                    sort_run(p, last, buf, less);
                    merge(p, before.lo, last.lo, last.hi, buf, less);
                    last.is_sorted = true;
                }
                last.lo = before.lo;
                count -= 1;
            }
            *runs.add(count) = last;
            count += 1;
            at = end;
        }
        sort_run(p, *runs, buf, less);
    }
}

/// Stays a call, so that what it takes is known by its name.
#[inline(never)]
pub(crate) fn stable_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut less: F) {
    let len = v.len();
    let size = crate::mem::size_of::<T>();
    if len < 2 || size == 0 {
        return;
    }
    let p = v.as_mut_ptr();
    unsafe {
        if len <= SMALL {
            return insertion(p, 0, 1, len, &mut less);
        }
        let buf = rt::__rust_alloc(len * size, crate::mem::align_of::<T>()) as *mut T;
        merge_sort(p, 0, len, buf, false, &mut less);
        rt::__rust_dealloc(buf as *mut u8, len * size, crate::mem::align_of::<T>());
    }
}
