//! Planets around the sun, moved in small steps.

const SOLAR_MASS: f64 = 4.0 * std::f64::consts::PI * std::f64::consts::PI;
const YEAR: f64 = 365.24;

#[derive(Clone, Copy)]
struct Body {
    position: [f64; 3],
    velocity: [f64; 3],
    mass: f64,
}

fn bodies() -> Vec<Body> {
    let planet = |position: [f64; 3], v: [f64; 3], mass: f64| Body {
        position,
        velocity: [v[0] * YEAR, v[1] * YEAR, v[2] * YEAR],
        mass: mass * SOLAR_MASS,
    };
    vec![
        planet([0.0; 3], [0.0; 3], 1.0),
        planet(
            [4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
            [0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023],
            0.000954791938424326609,
        ),
        planet(
            [8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
            [-0.00276742510726411021, 0.00499852801234917238, 0.0000230417297573763929],
            0.000285885980666130812,
        ),
        planet(
            [12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
            [0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556],
            0.0000436624404335156298,
        ),
        planet(
            [15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
            [0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870],
            0.0000515138902046611451,
        ),
    ]
}

fn offset_momentum(bodies: &mut [Body]) {
    let mut momentum = [0.0; 3];
    for body in bodies.iter() {
        for k in 0..3 {
            momentum[k] += body.velocity[k] * body.mass;
        }
    }
    for k in 0..3 {
        bodies[0].velocity[k] = -momentum[k] / SOLAR_MASS;
    }
}

fn advance(bodies: &mut [Body], dt: f64) {
    for i in 0..bodies.len() {
        let (left, right) = bodies.split_at_mut(i + 1);
        let a = &mut left[i];
        for b in right.iter_mut() {
            let mut d = [0.0; 3];
            for k in 0..3 {
                d[k] = a.position[k] - b.position[k];
            }
            let squared = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            let magnitude = dt / (squared * squared.sqrt());
            for k in 0..3 {
                a.velocity[k] -= d[k] * b.mass * magnitude;
                b.velocity[k] += d[k] * a.mass * magnitude;
            }
        }
    }
    for body in bodies.iter_mut() {
        for k in 0..3 {
            body.position[k] += dt * body.velocity[k];
        }
    }
}

fn energy(bodies: &[Body]) -> f64 {
    let mut energy = 0.0;
    for (i, a) in bodies.iter().enumerate() {
        let v = a.velocity;
        energy += 0.5 * a.mass * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for b in &bodies[i + 1..] {
            let d: Vec<f64> = (0..3).map(|k| a.position[k] - b.position[k]).collect();
            energy -= a.mass * b.mass / d.iter().map(|x| x * x).sum::<f64>().sqrt();
        }
    }
    energy
}

fn main() {
    let mut bodies = bodies();
    offset_momentum(&mut bodies);
    println!("{:.9}", energy(&bodies));
    for _ in 0..4_000_000 {
        advance(&mut bodies, 0.01);
    }
    println!("{:.9}", energy(&bodies));
}
