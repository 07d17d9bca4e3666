// Conway's game of life on a torus.
#[derive(Clone, PartialEq)]
struct World {
    cells: Vec<bool>,
    width: usize,
    height: usize,
}
impl World {
    fn parse(rows: &[&str]) -> World {
        let cells = rows.iter().flat_map(|r| r.chars().map(|c| c == '#')).collect();
        World { cells, width: rows[0].len(), height: rows.len() }
    }
    fn neighbours(&self, x: usize, y: usize) -> usize {
        let mut n = 0;
        for dy in [self.height - 1, 0, 1] {
            for dx in [self.width - 1, 0, 1] {
                if (dx, dy) != (0, 0) && self.cells[(y + dy) % self.height * self.width + (x + dx) % self.width] {
                    n += 1;
                }
            }
        }
        n
    }
    fn next(&self) -> World {
        let mut cells = Vec::with_capacity(self.cells.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let alive = self.cells[y * self.width + x];
                cells.push(matches!((alive, self.neighbours(x, y)), (true, 2) | (_, 3)));
            }
        }
        World { cells, ..*self }
    }
}
fn main() {
    let mut world = World::parse(&["..#.....", "#.#.....", ".##.....", "........", "........", "........"]);
    for _ in 0..9 {
        world = world.next();
    }
    for row in world.cells.chunks(world.width) {
        println!("{}", row.iter().map(|c| if *c { '#' } else { '.' }).collect::<String>());
    }
}
