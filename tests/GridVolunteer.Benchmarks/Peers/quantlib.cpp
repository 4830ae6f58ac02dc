// Times QuantLib's Monte Carlo on an arithmetic Asian call, on one thread.
//
//   quantlib engine|paths SECONDS SEED
//
// engine: MCDiscreteArithmeticAPEngine, end to end. paths: QuantLib's path generator and Gaussian sequences in a loop of one's
// own, over a process that steps exactly. Works until SECONDS of processor time are used. Prints the version, then path
// steps and processor seconds, then the mean of all payoffs and its standard error.
#include <ql/exercise.hpp>
#include <ql/instruments/asianoption.hpp>
#include <ql/math/randomnumbers/rngtraits.hpp>
#include <ql/math/statistics/generalstatistics.hpp>
#include <ql/methods/montecarlo/pathgenerator.hpp>
#include <ql/pricingengines/asian/mc_discr_arith_av_price.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/stochasticprocess.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <ql/version.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

using namespace QuantLib;

namespace {

// One fixing a day for 252 days, the last at maturity. The rate is continuous, there are no dividends.
const double spot = 100, strike = 100, rate = 0.05, volatility = 0.2;
const int fixings = 252;
const double maturity = fixings / 365.0;

double processorSeconds() {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + 1e-9 * now.tv_nsec;
}

// Means of blocks, weighted by their samples.
class Total {
  public:
    void add(double mean, double error, double samples) {
        samples_ += samples;
        sum_ += mean * samples;
        variance_ += error * error * samples * samples;
    }
    double samples() const { return samples_; }
    double mean() const { return sum_ / samples_; }
    double error() const { return std::sqrt(variance_) / samples_; }

  private:
    double samples_ = 0, sum_ = 0, variance_ = 0;
};

Total engine(double seconds, unsigned long seed) {
    Date today(2, January, 2024);
    Settings::instance().evaluationDate() = today;
    DayCounter days = Actual365Fixed();
    ext::shared_ptr<GeneralizedBlackScholesProcess> process = ext::make_shared<BlackScholesProcess>(
        Handle<Quote>(ext::make_shared<SimpleQuote>(spot)),
        Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, rate, days)),
        Handle<BlackVolTermStructure>(ext::make_shared<BlackConstantVol>(today, NullCalendar(), volatility, days)));
    std::vector<Date> dates;
    for (int i = 1; i <= fixings; i++) {
        dates.push_back(today + i);
    }
    DiscreteAveragingAsianOption option(
        Average::Arithmetic, 0.0, 0, dates, ext::make_shared<PlainVanillaPayoff>(Option::Call, strike),
        ext::make_shared<EuropeanExercise>(dates.back()));
    Total total;
    const Size samples = 2000;
    double start = processorSeconds();
    do {
        option.setPricingEngine(MakeMCDiscreteArithmeticAPEngine<PseudoRandom>(process)
                                    .withSamples(samples)
                                    .withSeed(seed++));
        double price = option.NPV();
        total.add(price, option.errorEstimate(), samples);
    } while (processorSeconds() - start < seconds);
    return total;
}

// Geometric Brownian motion without term structures, so that a step costs what it must.
class ExactProcess : public StochasticProcess1D {
  public:
    Real x0() const override { return spot; }
    Real drift(Time, Real x) const override { return rate * x; }
    Real diffusion(Time, Real x) const override { return volatility * x; }
    Real evolve(Time, Real x, Time dt, Real dw) const override {
        return x * std::exp((rate - 0.5 * volatility * volatility) * dt + volatility * std::sqrt(dt) * dw);
    }
};

Total paths(double seconds, unsigned long seed) {
    typedef PseudoRandom::rsg_type Sequence;
    Sequence sequence = PseudoRandom::make_sequence_generator(fixings, seed);
    PathGenerator<Sequence> generator(ext::make_shared<ExactProcess>(), maturity, fixings, sequence, false);
    const double discount = std::exp(-rate * maturity);
    Total total;
    double start = processorSeconds();
    do {
        const int samples = 2000;
        double sum = 0, squares = 0;
        for (int i = 0; i < samples; i++) {
            const Path &path = generator.next().value;
            double average = 0;
            for (int j = 1; j <= fixings; j++) {
                average += path[j];
            }
            double payoff = discount * std::max(average / fixings - strike, 0.0);
            sum += payoff;
            squares += payoff * payoff;
        }
        double mean = sum / samples;
        double variance = (squares / samples - mean * mean) * samples / (samples - 1);
        total.add(mean, std::sqrt(variance / samples), samples);
    } while (processorSeconds() - start < seconds);
    return total;
}

}

int main(int argc, char **argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: quantlib engine|paths SECONDS SEED\n");
        return 2;
    }
    double seconds = std::atof(argv[2]);
    unsigned long seed = std::strtoul(argv[3], nullptr, 10);
    double start = processorSeconds();
    Total total = std::strcmp(argv[1], "engine") == 0 ? engine(seconds, seed) : paths(seconds, seed);
    double used = processorSeconds() - start;
    std::printf("QuantLib %s\n%.0f %.9f\n%.12g %.12g\n", QL_VERSION, total.samples() * fixings, used, total.mean(), total.error());
    return 0;
}
