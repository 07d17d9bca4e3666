// Merge sort, quicksort and heap sort against the library's sort.
fn merge_sort(v: &[i32]) -> Vec<i32> {
    if v.len() <= 1 {
        return v.to_vec();
    }
    let (a, b) = v.split_at(v.len() / 2);
    let (a, b) = (merge_sort(a), merge_sort(b));
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::with_capacity(v.len());
    while i < a.len() && j < b.len() {
        if a[i] <= b[j] {
            out.push(a[i]);
            i += 1;
        } else {
            out.push(b[j]);
            j += 1;
        }
    }
    out.extend_from_slice(&a[i..]);
    out.extend_from_slice(&b[j..]);
    out
}
fn quicksort<T: PartialOrd>(v: &mut [T]) {
    if v.len() <= 1 {
        return;
    }
    let last = v.len() - 1;
    let mut store = 0;
    for i in 0..last {
        if v[i] < v[last] {
            v.swap(i, store);
            store += 1;
        }
    }
    v.swap(store, last);
    let (left, right) = v.split_at_mut(store);
    quicksort(left);
    quicksort(&mut right[1..]);
}
fn main() {
    let mut seed = 12345u32;
    let mut data = Vec::new();
    for _ in 0..200 {
        seed = seed.wrapping_mul(1103515245).wrapping_add(12345);
        data.push((seed >> 16) as i32 % 1000 - 500);
    }
    let mut expected = data.clone();
    expected.sort();
    let mut quick = data.clone();
    quicksort(&mut quick);
    let mut heap: std::collections::BinaryHeap<i32> = data.iter().copied().collect();
    let mut popped = Vec::new();
    while let Some(x) = heap.pop() {
        popped.push(x);
    }
    popped.reverse();
    println!("{} {} {}", merge_sort(&data) == expected, quick == expected, popped == expected);
    println!("{:?}", &expected[..10]);
    let mut floats = vec![2.5, -1.0, 9.75, 0.0];
    quicksort(&mut floats);
    println!("{floats:?}");
}
