// Simulations: Game of Life on a torus, Langton's ant, elementary automata, a bouncing particle, an elevator, Conway's look-and-say.
use std::collections::{BTreeSet, HashSet};
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
struct Life {
    alive: HashSet<(i32, i32)>,
    size: (i32, i32),
}
impl Life {
    fn parse(text: &str) -> Life {
        let alive = text
            .lines()
            .enumerate()
            .flat_map(|(y, l)| l.chars().enumerate().filter(|&(_, c)| c == '#').map(move |(x, _)| (x as i32, y as i32)))
            .collect();
        let width = text.lines().map(str::len).max().unwrap_or(0);
        Life { alive, size: (width as i32, text.lines().count() as i32) }
    }
    fn neighbours(&self, (x, y): (i32, i32)) -> impl Iterator<Item = (i32, i32)> {
        let (w, h) = self.size;
        (-1..=1)
            .flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)))
            .filter(|d| *d != (0, 0))
            .map(move |(dx, dy)| ((x + dx).rem_euclid(w), (y + dy).rem_euclid(h)))
    }
    fn step(&self) -> Life {
        let candidates: BTreeSet<_> =
            self.alive.iter().flat_map(|&c| self.neighbours(c).chain(std::iter::once(c))).collect();
        let alive = candidates
            .into_iter()
            .filter(|c| {
                let n = self.neighbours(*c).filter(|n| self.alive.contains(n)).count();
                matches!((self.alive.contains(c), n), (true, 2 | 3) | (false, 3))
            })
            .collect();
        Life { alive, ..*self }
    }
}
impl fmt::Display for Life {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for y in 0..self.size.1 {
            let line: String = (0..self.size.0).map(|x| if self.alive.contains(&(x, y)) { '#' } else { '.' }).collect();
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum Turn {
    North,
    East,
    South,
    West,
}
impl Turn {
    fn from_index(i: u8) -> Turn {
        [Turn::North, Turn::East, Turn::South, Turn::West][i as usize % 4]
    }
    fn right(self) -> Turn {
        Turn::from_index(self as u8 + 1)
    }
    fn left(self) -> Turn {
        Turn::from_index(self as u8 + 3)
    }
    fn delta(self) -> [i32; 2] {
        match self {
            Turn::North => [0, -1],
            Turn::East => [1, 0],
            Turn::South => [0, 1],
            Turn::West => [-1, 0],
        }
    }
}
fn ant(steps: usize) -> (usize, [i32; 2], Turn) {
    let mut black = HashSet::new();
    let (mut at, mut facing) = ([0, 0], Turn::North);
    for _ in 0..steps {
        facing = if black.remove(&at) {
            facing.left()
        } else {
            black.insert(at);
            facing.right()
        };
        for (a, d) in at.iter_mut().zip(facing.delta()) {
            *a += d;
        }
    }
    (black.len(), at, facing)
}

fn automaton(rule: u8, width: usize) -> impl Iterator<Item = Vec<bool>> {
    let mut cells = vec![false; width];
    cells[width / 2] = true;
    std::iter::from_fn(move || {
        let current = cells.clone();
        let n = cells.len();
        for (i, cell) in cells.iter_mut().enumerate() {
            let pattern = [current[(i + n - 1) % n], current[i], current[(i + 1) % n]];
            let index = pattern.iter().fold(0, |acc, &b| acc << 1 | b as u8);
            *cell = rule >> index & 1 == 1;
        }
        Some(current)
    })
}

#[derive(Debug, Clone, Copy)]
struct Particle {
    position: (f64, f64),
    velocity: (f64, f64),
}
impl Particle {
    const GRAVITY: f64 = -9.81;
    fn step(mut self, dt: f64) -> Self {
        let Particle { position: (x, y), velocity: (ref mut vx, ref mut vy) } = self;
        *vy += Self::GRAVITY * dt;
        let mut next = (x + *vx * dt, y + *vy * dt);
        if next.1 < 0.0 {
            next.1 = -next.1;
            *vy *= -0.8;
            *vx *= 0.9;
        }
        self.position = next;
        self
    }
}

fn look_and_say(start: &str) -> impl Iterator<Item = String> {
    std::iter::successors(Some(start.to_string()), |s| {
        let mut out = String::new();
        let mut rest = s.as_bytes();
        while let [first, ..] = rest {
            let run = rest.iter().take_while(|b| *b == first).count();
            out += &run.to_string();
            out.push(*first as char);
            rest = &rest[run..];
        }
        Some(out)
    })
}

fn collatz(n: u64) -> (u64, u32) {
    let mut at = n;
    let mut steps = 0;
    let top = loop {
        match at {
            1 => break n,
            even if even % 2 == 0 => at /= 2,
            odd => at = odd.checked_mul(3).and_then(|x| x.checked_add(1)).expect("too large"),
        }
        steps += 1;
        if steps > 10_000 {
            break 0;
        }
    };
    (top, steps)
}

fn main() {
    let mut life = Life::parse(".#.....\n..#....\n###....\n.......\n.......\n......#");
    for generation in 0..9 {
        if generation % 4 == 0 {
            print!("{generation}: {} alive\n{life}", life.alive.len());
        }
        life = life.step();
    }
    println!("{:?} {:?}", ant(200), ant(11_000).0);
    for row in automaton(30, 31).take(8) {
        println!("{}", row.iter().map(|&c| if c { '█' } else { ' ' }).collect::<String>().trim_end());
    }
    let start = Particle { position: (0.0, 10.0), velocity: (3.0, 0.0) };
    let end = (0..500).fold(start, |p, _| p.step(0.01));
    println!("{:.6} {:.6} {:?}", end.position.0, end.position.1, end.velocity.1.is_sign_positive());
    println!("{:?}", look_and_say("1").take(8).collect::<Vec<_>>());
    println!("{:?}", look_and_say("3").map(|s| s.len()).nth(20));
    println!("{:?}", (1..30).map(collatz).max_by_key(|&(_, steps)| steps));
}
