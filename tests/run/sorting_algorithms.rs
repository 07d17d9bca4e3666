// Twelve sorting algorithms as functions over slices, checked against each other through a table of function pointers.
use std::cmp::Ordering;
use std::mem;

pub fn bubble_sort<T: Ord>(arr: &mut [T]) {
    if arr.is_empty() {
        return;
    }
    let mut sorted = false;
    let mut n = arr.len();
    while !sorted {
        sorted = true;
        for i in 0..n - 1 {
            if arr[i] > arr[i + 1] {
                arr.swap(i, i + 1);
                sorted = false;
            }
        }
        n -= 1;
    }
}

pub fn insertion_sort<T: Ord + Copy>(arr: &mut [T]) {
    for i in 1..arr.len() {
        let mut j = i;
        let cur = arr[i];
        while j > 0 && cur < arr[j - 1] {
            arr[j] = arr[j - 1];
            j -= 1;
        }
        arr[j] = cur;
    }
}

pub fn selection_sort<T: Ord>(arr: &mut [T]) {
    for left in 0..arr.len() {
        let smallest = (left..arr.len()).min_by(|&a, &b| arr[a].cmp(&arr[b])).unwrap();
        arr.swap(smallest, left);
    }
}

fn merge<T: Copy + PartialOrd>(arr: &mut [T], mid: usize) {
    let left_half = arr[..mid].to_vec();
    let right_half = arr[mid..].to_vec();
    let (mut l, mut r) = (0, 0);
    for v in arr {
        if r == right_half.len() || (l < left_half.len() && left_half[l] <= right_half[r]) {
            *v = left_half[l];
            l += 1;
        } else {
            *v = right_half[r];
            r += 1;
        }
    }
}

pub fn merge_sort<T: Copy + PartialOrd>(arr: &mut [T]) {
    if arr.len() > 1 {
        let mid = arr.len() / 2;
        merge_sort(&mut arr[..mid]);
        merge_sort(&mut arr[mid..]);
        merge(arr, mid);
    }
}

pub fn quick_sort<T: PartialOrd>(arr: &mut [T]) {
    let len = arr.len();
    if len < 2 {
        return;
    }
    arr.swap(len / 2, len - 1);
    let mut store = 0;
    for i in 0..len - 1 {
        if arr[i] < arr[len - 1] {
            arr.swap(i, store);
            store += 1;
        }
    }
    arr.swap(store, len - 1);
    let (left, right) = arr.split_at_mut(store);
    quick_sort(left);
    quick_sort(&mut right[1..]);
}

pub fn heap_sort<T: Ord>(arr: &mut [T]) {
    fn sift_down<T: Ord>(arr: &mut [T], mut root: usize) {
        loop {
            let mut child = 2 * root + 1;
            if child >= arr.len() {
                break;
            }
            if child + 1 < arr.len() && arr[child] < arr[child + 1] {
                child += 1;
            }
            if arr[root] >= arr[child] {
                break;
            }
            arr.swap(root, child);
            root = child;
        }
    }
    for start in (0..arr.len() / 2).rev() {
        sift_down(arr, start);
    }
    for end in (1..arr.len()).rev() {
        arr.swap(0, end);
        sift_down(&mut arr[..end], 0);
    }
}

pub fn shell_sort<T: Ord + Copy>(values: &mut [T]) {
    let mut gap = values.len() / 2;
    while gap > 0 {
        for start in 0..gap {
            for i in ((start + gap)..values.len()).step_by(gap) {
                let current = values[i];
                let mut pos = i;
                while pos >= gap && values[pos - gap] > current {
                    values[pos] = values[pos - gap];
                    pos -= gap;
                }
                values[pos] = current;
            }
        }
        gap /= 2;
    }
}

pub fn cocktail_sort<T: PartialOrd>(arr: &mut [T]) {
    let (mut lo, mut hi) = (0, arr.len());
    while lo + 1 < hi {
        for i in lo..hi - 1 {
            if arr[i] > arr[i + 1] {
                arr.swap(i, i + 1);
            }
        }
        hi -= 1;
        for i in (lo..hi.saturating_sub(1)).rev() {
            if arr[i + 1] < arr[i] {
                arr.swap(i, i + 1);
            }
        }
        lo += 1;
    }
}

pub fn gnome_sort(arr: &mut [i32]) {
    let mut i = 1;
    let mut j = 2;
    while i < arr.len() {
        match arr[i - 1].cmp(&arr[i]) {
            Ordering::Less | Ordering::Equal => {
                i = j;
                j = i + 1;
            }
            Ordering::Greater => {
                arr.swap(i - 1, i);
                i -= 1;
                if i == 0 {
                    i = mem::replace(&mut j, 0);
                    j = i + 1;
                }
            }
        }
    }
}

pub fn counting_sort(arr: &mut [i32]) {
    let (Some(&min), Some(&max)) = (arr.iter().min(), arr.iter().max()) else { return };
    let mut counts = vec![0usize; (max - min) as usize + 1];
    for &x in arr.iter() {
        counts[(x - min) as usize] += 1;
    }
    let mut slots = arr.iter_mut();
    for (offset, count) in counts.into_iter().enumerate() {
        for slot in slots.by_ref().take(count) {
            *slot = min + offset as i32;
        }
    }
}

pub fn radix_sort(arr: &mut [i32]) {
    let mut keys: Vec<u32> = arr.iter().map(|&x| x as u32 ^ 0x8000_0000).collect();
    for shift in (0..32).step_by(8) {
        let mut buckets: [Vec<u32>; 256] = std::array::from_fn(|_| vec![]);
        for k in keys.drain(..) {
            buckets[(k >> shift) as usize & 0xff].push(k);
        }
        keys.extend(buckets.into_iter().flatten());
    }
    for (slot, k) in arr.iter_mut().zip(keys) {
        *slot = (k ^ 0x8000_0000) as i32;
    }
}

pub fn tree_sort(arr: &mut [i32]) {
    let tree: std::collections::BTreeMap<i32, usize> = arr.iter().fold(Default::default(), |mut t, &x| {
        *t.entry(x).or_default() += 1;
        t
    });
    let sorted: Vec<i32> = tree.iter().flat_map(|(&x, &n)| std::iter::repeat(x).take(n)).collect();
    arr.copy_from_slice(&sorted);
}

pub fn is_sorted<T: PartialOrd>(arr: &[T]) -> bool {
    arr.windows(2).all(|w| w[0] <= w[1])
}

type Sorter = fn(&mut [i32]);
const SORTERS: [(&str, Sorter); 11] = [
    ("bubble", bubble_sort),
    ("insertion", insertion_sort),
    ("selection", selection_sort::<i32>),
    ("merge", merge_sort),
    ("quick", quick_sort),
    ("heap", heap_sort),
    ("shell", shell_sort),
    ("cocktail", cocktail_sort),
    ("gnome", gnome_sort),
    ("counting", counting_sort),
    ("radix", radix_sort),
];

struct Lcg(u64);
impl Iterator for Lcg {
    type Item = i32;
    fn next(&mut self) -> Option<i32> {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        Some((self.0 >> 40) as i32 % 1000 - 300)
    }
}

fn main() {
    let inputs: Vec<Vec<i32>> = vec![vec![], vec![1], vec![2, 1], (0..20).rev().collect(), vec![7; 9], Lcg(42).take(60).collect()];
    for (name, sort) in SORTERS.iter().chain(&[("tree", tree_sort as Sorter)]) {
        let results: Vec<bool> = inputs
            .iter()
            .map(|input| {
                let mut ours = input.clone();
                sort(&mut ours);
                let mut theirs = input.to_owned();
                theirs.sort_unstable();
                ours == theirs && is_sorted(&ours)
            })
            .collect();
        println!("{name:>10} {results:?}");
    }
    let mut words = ["pear", "fig", "apple", "kiwi", "date"];
    quick_sort(&mut words);
    println!("{words:?}");
    heap_sort(&mut words);
    words.sort_by_key(|w| (w.len(), std::cmp::Reverse(*w)));
    println!("{words:?}");
    let mut floats = [2.5, -0.5, 9.75, 1e-3];
    merge_sort(&mut floats);
    println!("{floats:?} {}", is_sorted(&floats));
}

#[cfg(test)]
mod tests {
    macro_rules! sorts {
        ($($name:ident)*) => {$(
            #[test]
            fn $name() {
                let mut v = vec![5, 3, -9, 0, 3, 11];
                super::$name(&mut v);
                assert_eq!(v, [-9, 0, 3, 3, 5, 11]);
                assert!(super::is_sorted(&v), "{v:?}");
            }
        )*};
    }
    sorts! { bubble_sort insertion_sort selection_sort merge_sort quick_sort heap_sort shell_sort cocktail_sort gnome_sort counting_sort radix_sort tree_sort }
}
