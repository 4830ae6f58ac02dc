// Times plain C on an arithmetic Asian call, on one thread: what a careful programmer gets from the compiler.
//
//   native philox|ziggurat SECONDS SEED
//
// philox: Philox4x32-10 and Box-Muller, as random-access streams need. ziggurat: xoshiro256++ and the ziggurat of Marsaglia
// and Tsang, as fast as a sequential generator gets. Works until SECONDS of processor time are used. Prints a name, then
// path steps and processor seconds, then the mean of all payoffs and its standard error.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double spot = 100, strike = 100, rate = 0.05, volatility = 0.2;
enum { fixings = 252 };
static const double maturity = fixings / 365.0;

static double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void philox(uint64_t key, uint64_t path, uint64_t step, uint32_t out[4]) {
    uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
    uint32_t c0 = (uint32_t)step, c1 = (uint32_t)(step >> 32), c2 = (uint32_t)path, c3 = (uint32_t)(path >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53 * c0, p1 = (uint64_t)0xCD9E8D57 * c2;
        uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

static double unit(uint32_t low, uint32_t high) {
    return ((double)(((uint64_t)high << 32 | low) >> 11) + 0.5) * 0x1p-53;
}

static double philox_average(uint64_t seed, uint64_t path, double drift, double width) {
    double price = spot, sum = 0;
    for (int step = 0; step < fixings; step += 2) {
        uint32_t bits[4];
        philox(seed, path, (uint64_t)step / 2, bits);
        double radius = sqrt(-2 * log(unit(bits[0], bits[1])));
        double angle = 6.283185307179586 * unit(bits[2], bits[3]);
        price *= exp(drift + width * radius * cos(angle));
        sum += price;
        price *= exp(drift + width * radius * sin(angle));
        sum += price;
    }
    return sum / fixings;
}

static uint64_t state[4];

static uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }

static uint64_t xoshiro(void) {
    uint64_t result = rotate(state[0] + state[3], 23) + state[0], t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotate(state[3], 45);
    return result;
}

enum { layers = 256 };
static const double tail = 3.6541528853610088, area = 0.00492867323399;
static double edge[layers + 1], height[layers + 1];

static double open_unit(void) { return ((double)(xoshiro() >> 11) + 0.5) * 0x1p-53; }

static void prepare(uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        state[i] = z ^ z >> 31;
    }
    // edge[i] is the right end of layer i, counted from the base; the base has the tail in it.
    edge[0] = area / exp(-0.5 * tail * tail);
    edge[1] = tail;
    for (int i = 2; i < layers; i++) {
        edge[i] = sqrt(-2 * log(exp(-0.5 * edge[i - 1] * edge[i - 1]) + area / edge[i - 1]));
    }
    edge[layers] = 0;
    for (int i = 0; i <= layers; i++) {
        height[i] = exp(-0.5 * edge[i] * edge[i]);
    }
}

static double normal(void) {
    for (;;) {
        uint64_t bits = xoshiro();
        int layer = (int)(bits & (layers - 1));
        double sign = bits & layers ? 1 : -1;
        double x = ((double)(bits >> 11) + 0.5) * 0x1p-53 * edge[layer];
        if (x < edge[layer + 1]) {
            return sign * x;
        }
        if (layer == 0) {
            double beyond, level;
            do {
                beyond = -log(open_unit()) / tail;
                level = -log(open_unit());
            } while (2 * level < beyond * beyond);
            return sign * (tail + beyond);
        }
        if (height[layer] + open_unit() * (height[layer + 1] - height[layer]) < exp(-0.5 * x * x)) {
            return sign * x;
        }
    }
}

static double ziggurat_average(double drift, double width) {
    double price = spot, sum = 0;
    for (int step = 0; step < fixings; step++) {
        price *= exp(drift + width * normal());
        sum += price;
    }
    return sum / fixings;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: native philox|ziggurat SECONDS SEED\n");
        return 2;
    }
    int is_philox = strcmp(argv[1], "philox") == 0;
    double seconds = atof(argv[2]);
    uint64_t seed = strtoull(argv[3], NULL, 10);
    prepare(seed);
    const double step = maturity / fixings, discount = exp(-rate * maturity);
    const double drift = (rate - 0.5 * volatility * volatility) * step, width = volatility * sqrt(step);
    double sum = 0, squares = 0, used;
    uint64_t paths = 0;
    double start = processor_seconds();
    do {
        for (int i = 0; i < 1000; i++, paths++) {
            double average = is_philox ? philox_average(seed, paths, drift, width) : ziggurat_average(drift, width);
            double payoff = discount * fmax(average - strike, 0);
            sum += payoff;
            squares += payoff * payoff;
        }
        used = processor_seconds() - start;
    } while (used < seconds);
    double mean = sum / (double)paths;
    double variance = (squares / (double)paths - mean * mean) * (double)paths / (double)(paths - 1);
    printf("C %s\n%.0f %.9f\n%.12g %.12g\n", argv[1], (double)paths * fixings, used, mean, sqrt(variance / (double)paths));
    return 0;
}
