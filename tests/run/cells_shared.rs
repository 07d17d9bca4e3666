// Cells in depth: slices of cells, borrows mapped and split, values computed once, counts of borrows seen from outside.
use std::cell::{Cell, LazyCell, OnceCell, Ref, RefCell, RefMut};
use std::rc::Rc;

struct Particle {
    position: (f64, f64),
    name: String,
}

struct World {
    particles: RefCell<Vec<Particle>>,
    steps: Cell<u32>,
    bounds: OnceCell<(f64, f64)>,
}

impl World {
    fn names(&self) -> impl Iterator<Item = String> + use<> {
        let names: Vec<String> = self.particles.borrow().iter().map(|p| p.name.clone()).collect();
        names.into_iter()
    }

    fn first(&self) -> Option<Ref<'_, Particle>> {
        Ref::filter_map(self.particles.borrow(), |all| all.first()).ok()
    }

    fn position_mut(&self, name: &str) -> Option<RefMut<'_, (f64, f64)>> {
        let found =
            RefMut::filter_map(self.particles.borrow_mut(), |all| all.iter_mut().find(|p| p.name == name));
        Some(RefMut::map(found.ok()?, |p| &mut p.position))
    }

    fn step(&self, dt: f64) {
        for particle in self.particles.borrow_mut().iter_mut() {
            particle.position.0 += dt;
            particle.position.1 -= dt * 0.5;
        }
        self.steps.set(self.steps.get() + 1);
    }

    fn bounds(&self) -> (f64, f64) {
        *self.bounds.get_or_init(|| {
            println!("measuring");
            let all = self.particles.borrow();
            all.iter().fold((f64::MAX, f64::MIN), |(lo, hi), p| (lo.min(p.position.0), hi.max(p.position.0)))
        })
    }
}

fn smooth(values: &mut [f64]) {
    let cells = Cell::from_mut(values).as_slice_of_cells();
    for window in cells.windows(3) {
        window[1].set((window[0].get() + window[1].get() + window[2].get()) / 3.0);
    }
}

fn main() {
    let world = Rc::new(World {
        particles: RefCell::new(Vec::new()),
        steps: Cell::default(),
        bounds: OnceCell::new(),
    });
    println!("{}", world.first().is_none());
    for (i, name) in ["sun", "moon", "star"].into_iter().enumerate() {
        world.particles.borrow_mut().push(Particle { position: (i as f64, 1.0), name: name.to_string() });
    }
    world.step(0.25);
    if let Some(mut position) = world.position_mut("moon") {
        position.0 *= 10.0;
        println!("{:?} {}", *position, world.particles.try_borrow().is_err());
    }
    println!("{:?} {}", world.bounds(), world.bounds().1 - world.bounds().0);
    println!("{:?} {}", world.names().collect::<Vec<_>>(), world.first().map_or(0.0, |p| p.position.1));
    println!("{} {}", world.steps.replace(9), world.steps.take());

    let pair = RefCell::new((vec![1, 2], String::from("text")));
    {
        let (numbers, text) = Ref::map_split(pair.borrow(), |(a, b)| (a, b));
        println!("{numbers:?} {text} {}", pair.try_borrow_mut().is_err());
    }
    {
        let (mut numbers, mut text) = RefMut::map_split(pair.borrow_mut(), |(a, b)| (a, b));
        numbers.push(3);
        drop(numbers);
        println!("{}", pair.try_borrow().is_err());
        text.push('!');
    }
    println!("{pair:?}");

    let mut values = [0.0, 3.0, 6.0, 3.0, 0.0];
    smooth(&mut values);
    println!("{values:.3?}");

    let calls = Rc::new(Cell::new(0));
    let counted = calls.clone();
    let lazy = LazyCell::new(move || {
        counted.set(counted.get() + 1);
        vec!["expensive"; 2]
    });
    println!("{} {} {} {}", calls.get(), lazy.len(), lazy.join("-"), calls.get());

    let (a, b) = (Cell::new(1), Cell::new(2));
    a.swap(&b);
    println!("{a:?} {b:?} {}", a > b);
    let (first, second) = (Rc::new(1), Rc::new(1));
    println!("{} {}", Rc::as_ptr(&first) == Rc::as_ptr(&first.clone()), Rc::as_ptr(&first) == Rc::as_ptr(&second));
    println!("{}", std::ptr::eq(Rc::as_ptr(&second), &*second));
    let shared = RefCell::new(5);
    let old = shared.replace_with(|n| *n * 2);
    let lent = shared.borrow();
    println!("{}", shared.try_borrow_mut().map(|_| ()).unwrap_err());
    drop(lent);
    let lent = shared.borrow_mut();
    println!("{}", shared.try_borrow().map(|_| ()).unwrap_err());
    drop(lent);
    println!("{old} {shared:?} {:?}", shared.try_borrow_mut().map(|mut n| std::mem::take(&mut *n)));
}
