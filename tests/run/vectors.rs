// Vec and slices: growing, removing, sorting, searching, slicing, nesting.
fn main() {
    let mut v: Vec<i32> = Vec::new();
    for i in 0..10 {
        v.push(i * 7 % 10);
    }
    println!("{v:?} {} {}", v.len(), v.is_empty());
    v.sort();
    println!("{:?} {:?}", v.binary_search(&7), v.binary_search(&70));
    v.reverse();
    v.swap(0, 9);
    println!("{v:?} {:?} {:?}", v.first(), v.get(20));
    println!("{} {}", v.remove(2), v.swap_remove(0));
    v.insert(1, 100);
    v.truncate(6);
    v.retain(|x| x % 2 == 0);
    println!("{v:?}");
    v.extend([1, 2, 3]);
    v.extend_from_slice(&[4, 4, 4]);
    v.dedup();
    println!("{v:?} {}", v.contains(&100));
    let tail = v.split_off(3);
    println!("{v:?} {tail:?}");
    let mut grid = vec![vec![0; 4]; 3];
    for (r, row) in grid.iter_mut().enumerate() {
        for (c, cell) in row.iter_mut().enumerate() {
            *cell = r * 4 + c;
        }
    }
    grid[1][2] = 99;
    println!("{grid:?}");
    let s = &grid[1][1..3];
    println!("{s:?} {:?}", &s[..1]);
    let mut words = vec!["pear", "fig", "apple", "kiwi"];
    words.sort_by_key(|w| w.len());
    println!("{words:?}");
    words.sort_by(|a, b| b.cmp(a));
    println!("{words:?}");
    let drained: Vec<_> = words.drain(1..3).collect();
    println!("{drained:?} {words:?}");
    let (a, b) = [1, 2, 3, 4, 5].split_at(2);
    println!("{a:?} {b:?} {:?}", [a, b].concat());
    let mut arr = [5, 4, 3];
    arr.sort_unstable();
    println!("{arr:?} {} {:?}", arr.len(), arr.iter().rev().collect::<Vec<_>>());
    arr[1..].copy_from_slice(&[8, 9]);
    println!("{:?} {:?}", arr, arr.map(|x| x * 2));
    let boxed: Vec<Box<i32>> = vec![Box::new(1), Box::new(2)];
    println!("{}", boxed.iter().map(|b| **b).sum::<i32>());
    println!("{:?}", vec![1, 2] < vec![1, 3]);
    v.clear();
    println!("{v:?} {:?}", v.pop());
}
