// Collections against what Rust's do: contents, order of ordered ones, capacities, shapes of their iterators.
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};

struct Random(u64);
impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }
}

fn capacities() {
    let (mut v, mut s, mut d) = (Vec::new(), String::new(), VecDeque::new());
    let mut seen = Vec::new();
    for k in 0..40 {
        v.push(k);
        s.push('é');
        d.push_front(k);
        seen.push((v.capacity(), s.capacity(), d.capacity()));
    }
    seen.dedup();
    println!("{seen:?}");
    v.shrink_to_fit();
    v.reserve_exact(3);
    println!("{} {}", v.capacity(), Vec::<()>::new().capacity());
    let mut m: HashMap<u32, u32> = HashMap::with_capacity(20);
    print!("{} ", m.capacity());
    m.extend((0..60).map(|k| (k, k)));
    print!("{} ", m.capacity());
    m.retain(|k, _| k % 10 == 0);
    m.shrink_to_fit();
    println!("{} {:?}", m.capacity(), v.try_reserve(usize::MAX).map_err(|e| e.to_string()));
}

fn queues() {
    let mut random = Random(1);
    let (mut ring, mut model) = (VecDeque::new(), Vec::new());
    for step in 0..600u32 {
        match random.below(8) {
            0 | 1 => (ring.push_back(step), model.push(step)).0,
            2 | 3 => (ring.push_front(step), model.insert(0, step)).0,
            4 => assert_eq!(ring.pop_front(), if model.is_empty() { None } else { Some(model.remove(0)) }),
            5 => assert_eq!(ring.pop_back(), model.pop()),
            6 if !model.is_empty() => {
                let at = random.below(model.len() as u64) as usize;
                assert_eq!(ring.remove(at), Some(model.remove(at)));
            }
            _ => {
                let k = if model.is_empty() { 0 } else { random.below(model.len() as u64) as usize };
                ring.rotate_left(k);
                model.rotate_left(k);
            }
        }
    }
    assert_eq!(ring, model);
    println!("{:?}", ring.range(..5).collect::<Vec<_>>());
    ring.retain(|x| x % 3 == 0);
    for x in ring.range_mut(1..3) {
        *x += 1000;
    }
    let first = ring.pop_front_if(|x| *x > 5);
    println!("{ring:?} {first:?}");
    let mut list: LinkedList<u32> = ring.into_iter().collect();
    let even: Vec<u32> = list.extract_if(|x| *x % 2 == 0).collect();
    println!("{even:?} {list:?}");
}

fn ordered() {
    let mut random = Random(2);
    let mut map = BTreeMap::new();
    for _ in 0..700 {
        *map.entry(random.below(500)).or_insert(0u64) += 1;
        map.remove(&random.below(500));
    }
    println!("{} {:?}", map.len(), map.range(100..115).collect::<Vec<_>>());
    println!("{:?}", map.extract_if(..50, |_, n| *n == 1).map(|(k, _)| k).collect::<Vec<_>>());
    let last = map.last_entry().map(|e| e.remove_entry());
    println!("{:?} {last:?}", map.first_key_value());
    let evens: BTreeSet<u64> = map.keys().copied().filter(|k| k % 2 == 0).collect();
    let threes: BTreeSet<u64> = (0..200).filter(|k| k % 3 == 0).collect();
    println!("{:?}", evens.intersection(&threes).collect::<Vec<_>>());
    println!("{:?}", (&threes - &evens).range(..30));
    let mut heap: BinaryHeap<u64> = evens.into_iter().collect();
    heap.push(77);
    println!("{:?}", heap.peek());
    println!("{:?}", heap.into_sorted_vec().iter().rev().take(4).collect::<Vec<_>>());
}

fn hashed() {
    let mut random = Random(3);
    let mut map: HashMap<u64, Vec<u64>> = HashMap::new();
    for k in 0..400 {
        map.entry(random.below(90)).or_default().push(k);
        map.remove(&random.below(200));
    }
    let mut gone: Vec<u64> = map.extract_if(|_, v| v.len() < 2).map(|(k, _)| k).collect();
    gone.sort();
    let mut left: Vec<_> = map.iter().map(|(k, v)| (*k, v.len())).collect();
    left.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    println!("{gone:?} {:?}", &left[..5]);
    let [a, b] = map.get_disjoint_mut([&left[0].0, &1000]);
    println!("{:?} {b:?}", a.map(|v| v.pop()));
    let mut set: HashSet<u64> = map.drain().map(|(k, _)| k).collect();
    let n = set.len();
    println!("{} {} {}", map.is_empty(), n, set.drain().sum::<u64>());
}

fn main() {
    capacities();
    queues();
    ordered();
    hashed();
}
