//! Sorting: a stable merge sort over natural runs, used for the unstable sorts too, since only results matter.

use crate::intrinsics as i;
use crate::prelude::v1::*;
use crate::rt;

/// Runs shorter than this are lengthened by insertion.
const MIN_RUN: usize = 20;

unsafe fn less_at<T, F: FnMut(&T, &T) -> bool>(p: *mut T, a: usize, b: usize, less: &mut F) -> bool {
    unsafe { less(&*p.add(a), &*p.add(b)) }
}

/// Extends the sorted run `[lo, mid)` to `[lo, hi)`.
unsafe fn insertion<T, F: FnMut(&T, &T) -> bool>(p: *mut T, lo: usize, mid: usize, hi: usize, less: &mut F) {
    let mut k = mid;
    while k < hi {
        unsafe {
            if less_at(p, k, k - 1, less) {
                let tmp = crate::mem::ManuallyDrop::new(i::read(p.add(k) as *const T));
                let mut hole = k;
                loop {
                    i::copy_nonoverlapping(p.add(hole - 1) as *const T, p.add(hole), 1);
                    hole -= 1;
                    if hole == lo || !less(&*tmp, &*p.add(hole - 1)) {
                        break;
                    }
                }
                i::copy_nonoverlapping(&*tmp as *const T, p.add(hole), 1);
            }
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
        if less_at(p, end, end - 1, less) {
            end += 1;
            while end < len && less_at(p, end, end - 1, less) {
                end += 1;
            }
            let (mut a, mut b) = (lo, end - 1);
            while a < b {
                crate::ptr::swap(p.add(a), p.add(b));
                a += 1;
                b -= 1;
            }
        } else {
            end += 1;
            while end < len && !less_at(p, end, end - 1, less) {
                end += 1;
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
            let from = l ^ ((l ^ r) & i::wrapping_sub(0, from_right));
            i::copy_nonoverlapping(from as *const T, p.add(out), 1);
            right = i::wrapping_add(right, from_right);
            left = i::wrapping_add(left, 1 - from_right);
            out = i::wrapping_add(out, 1);
        }
        i::copy_nonoverlapping(buf.add(left) as *const T, p.add(out), n - left);
    }
}

pub(crate) fn stable_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut less: F) {
    let len = v.len();
    let size = crate::mem::size_of::<T>();
    if len < 2 || size == 0 {
        return;
    }
    let p = v.as_mut_ptr();
    if len <= MIN_RUN {
        unsafe { insertion(p, 0, 1, len, &mut less) };
        return;
    }
    let first = unsafe { natural_run(p, 0, len, &mut less) };
    if first == len {
        return;
    }
    let buf = rt::__rust_alloc(len * size, crate::mem::align_of::<T>()) as *mut T;
    // Pending runs as (start, end); neighbours of similar size are merged, as in timsort.
    let mut starts = [0usize; 96];
    let mut count = 0usize;
    let mut at = 0;
    let mut end = first;
    loop {
        if end - at < MIN_RUN && end < len {
            let target = if at + MIN_RUN < len { at + MIN_RUN } else { len };
            unsafe { insertion(p, at, end, target, &mut less) };
            end = target;
        }
        starts[count] = at;
        count += 1;
        while count > 1 {
            let last = end - starts[count - 1];
            let before = starts[count - 1] - starts[count - 2];
            if end < len && before > 2 * last {
                break;
            }
            unsafe { merge(p, starts[count - 2], starts[count - 1], end, buf, &mut less) };
            count -= 1;
        }
        if end == len {
            break;
        }
        at = end;
        end = unsafe { natural_run(p, at, len, &mut less) };
    }
    rt::__rust_dealloc(buf as *mut u8, len * size, crate::mem::align_of::<T>());
}
