// Prices the contracts below with QuantLib and writes them as a portfolio (portfolio.csv) and as figures (figures.csv).
//
//   g++ -O2 -std=c++17 figures.cpp -lQuantLib -o figures && ./figures
//
// The files beside this one were made with QuantLib 1.29 (Debian's libquantlib0-dev 1.29-1). Times are counted as
// Actual/360, so that 360 days are a year and equal fixings fall on whole days. Where an engine gives no delta or vega,
// they are central differences of its prices. Columns of figures.csv: error is the standard error of a Monte Carlo
// price, 0 for a formula; delta and vega are empty where they were not computed; vega is for a change of volatility by 1.
#include <ql/quantlib.hpp>

#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>

using namespace QuantLib;

namespace {

const Date today(2, January, 2020);
const DayCounter dayCounter = Actual360();

std::ofstream portfolio("portfolio.csv");
std::ofstream figures("figures.csv");

struct Market {
    Real spot, volatility, rate, yield;
    int days;
    Real maturity() const { return days / 360.0; }
};

ext::shared_ptr<BlackScholesMertonProcess> process(const Market& m) {
    auto curve = [](Rate rate) {
        return Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, rate, dayCounter, Continuous));
    };
    return ext::make_shared<BlackScholesMertonProcess>(
        Handle<Quote>(ext::make_shared<SimpleQuote>(m.spot)), curve(m.yield), curve(m.rate),
        Handle<BlackVolTermStructure>(
            ext::make_shared<BlackConstantVol>(today, NullCalendar(), m.volatility, dayCounter)));
}

const char* word(Option::Type type) { return type == Option::Call ? "call" : "put"; }

ext::shared_ptr<Exercise> exercise(const Market& m) { return ext::make_shared<EuropeanExercise>(today + m.days); }

ext::shared_ptr<PlainVanillaPayoff> payoff(Option::Type type, Real strike) {
    return ext::make_shared<PlainVanillaPayoff>(type, strike);
}

void contract(const std::string& name, const char* kind, Option::Type type, Real strike, const Market& m,
              const std::string& rest) {
    portfolio << name << ',' << kind << ',' << word(type) << ',' << strike << ',' << m.maturity() << ',' << m.spot << ','
              << m.volatility << ',' << m.yield << ',' << m.rate << ',' << rest << '\n';
}

void figure(const std::string& name, const char* engine, Real price, Real error) {
    figures << name << ',' << engine << ',' << price << ',' << error << ",,\n";
    std::cout << name << ' ' << engine << ' ' << price << " +- " << error << std::endl;
}

// A formula's price and its central differences.
void formula(const std::string& name, const char* engine, const Market& m,
             const std::function<Real(const Market&)>& price) {
    const Real spotStep = 1e-3 * m.spot, volatilityStep = 1e-3 * m.volatility;
    auto at = [&](Real spots, Real volatilities) {
        Market moved = m;
        moved.spot += spots * spotStep;
        moved.volatility += volatilities * volatilityStep;
        return price(moved);
    };
    // Fourth order, so that the differences are good to about ten digits.
    auto derivative = [](Real minus2, Real minus1, Real plus1, Real plus2, Real step) {
        return (minus2 - 8 * minus1 + 8 * plus1 - plus2) / (12 * step);
    };
    const Real delta = derivative(at(-2, 0), at(-1, 0), at(1, 0), at(2, 0), spotStep);
    const Real vega = derivative(at(0, -2), at(0, -1), at(0, 1), at(0, 2), volatilityStep);
    figures << name << ',' << engine << ',' << price(m) << ",0," << delta << ',' << vega << '\n';
    std::cout << name << ' ' << engine << ' ' << price(m) << ' ' << delta << ' ' << vega << std::endl;
}

void european(const std::string& name, Option::Type type, Real strike, const Market& market) {
    contract(name, "european", type, strike, market, ",,,,,");
    formula(name, "AnalyticEuropeanEngine", market, [=](const Market& m) {
        VanillaOption option(payoff(type, strike), exercise(m));
        option.setPricingEngine(ext::make_shared<AnalyticEuropeanEngine>(process(m)));
        return option.NPV();
    });
}

std::vector<Date> fixingDates(const Market& m, int fixings) {
    std::vector<Date> dates;
    for (int i = 1; i <= fixings; i++) dates.push_back(today + i * m.days / fixings);
    return dates;
}

void asian(const std::string& name, Average::Type average, Option::Type type, Real strike, const Market& market,
           int fixings) {
    const bool geometric = average == Average::Geometric;
    contract(name, "asian", type, strike, market,
             std::to_string(fixings) + (geometric ? ",geometric,,,," : ",arithmetic,,,,"));
    auto option = [=](const Market& m) {
        return DiscreteAveragingAsianOption(average, geometric ? 1.0 : 0.0, 0, fixingDates(m, fixings),
                                            payoff(type, strike), exercise(m));
    };
    if (geometric) {
        formula(name, "AnalyticDiscreteGeometricAveragePriceAsianEngine", market, [=](const Market& m) {
            auto priced = option(m);
            priced.setPricingEngine(ext::make_shared<AnalyticDiscreteGeometricAveragePriceAsianEngine>(process(m)));
            return priced.NPV();
        });
        return;
    }

    auto priced = option(market);
    priced.setPricingEngine(MakeMCDiscreteArithmeticAPEngine<PseudoRandom>(process(market))
                                .withSamples(2000000).withControlVariate().withAntitheticVariate().withSeed(42));
    figure(name, "MCDiscreteArithmeticAPEngine", priced.NPV(), priced.errorEstimate());
}

const char* word(Barrier::Type type) {
    switch (type) {
        case Barrier::DownIn: return "downAndIn";
        case Barrier::DownOut: return "downAndOut";
        case Barrier::UpIn: return "upAndIn";
        default: return "upAndOut";
    }
}

// The barrier watched at the fixings by simulation, and one watched always by formula.
void barrier(const std::string& name, Barrier::Type kind, Real level, Option::Type type, Real strike,
             const Market& market, int fixings, bool simulate) {
    std::ostringstream rest;
    rest << fixings << ",," << level << ',' << word(kind) << ",,";
    contract(name, "barrier", type, strike, market, rest.str());
    auto option = [=](const Market& m) { return BarrierOption(kind, level, 0.0, payoff(type, strike), exercise(m)); };
    formula(name, "AnalyticBarrierEngine", market, [=](const Market& m) {
        auto priced = option(m);
        priced.setPricingEngine(ext::make_shared<AnalyticBarrierEngine>(process(m)));
        return priced.NPV();
    });
    if (simulate) {
        auto priced = option(market);
        priced.setPricingEngine(MakeMCBarrierEngine<PseudoRandom>(process(market)).withSteps(fixings).withBias()
                                    .withAntitheticVariate().withSamples(2000000).withSeed(42));
        figure(name, "MCBarrierEngine", priced.NPV(), priced.errorEstimate());
    }
}

std::string list(const std::vector<Real>& values) {
    std::ostringstream text;
    for (Size i = 0; i < values.size(); i++) text << (i == 0 ? "" : ";") << values[i];
    return text.str();
}

void basket(const std::string& name, Option::Type type, Real strike, const std::vector<Market>& assets,
            const std::vector<Real>& weights, Real correlation) {
    std::vector<Real> spots, volatilities, yields;
    std::vector<ext::shared_ptr<StochasticProcess1D>> processes;
    Matrix correlations(assets.size(), assets.size(), correlation);
    for (Size i = 0; i < assets.size(); i++) {
        spots.push_back(assets[i].spot);
        volatilities.push_back(assets[i].volatility);
        yields.push_back(assets[i].yield);
        processes.push_back(process(assets[i]));
        correlations[i][i] = 1.0;
    }
    const Market& first = assets.front();
    portfolio << name << ",basket," << word(type) << ',' << strike << ',' << first.maturity() << ',' << list(spots) << ','
              << list(volatilities) << ',' << list(yields) << ',' << first.rate << ",,,,," << list(weights) << ','
              << correlation << '\n';
    Array shares(weights.begin(), weights.end());
    BasketOption option(ext::make_shared<AverageBasketPayoff>(payoff(type, strike), shares), exercise(first));
    option.setPricingEngine(MakeMCEuropeanBasketEngine<PseudoRandom>(
                                ext::make_shared<StochasticProcessArray>(processes, correlations))
                                .withSteps(1).withAntitheticVariate().withSamples(8000000).withSeed(42));
    figure(name, "MCEuropeanBasketEngine", option.NPV(), option.errorEstimate());
}

// The geometric basket B0 prod((S_i(T) / S_i(0))^a_i), B0 the basket's worth now and a_i each asset's part of it, is
// lognormal: Black's formula prices the option on it.
void geometricBasket(const std::string& name, Option::Type type, Real strike, const std::vector<Market>& assets,
                     const std::vector<Real>& weights, Real correlation) {
    const Time years = assets.front().maturity();
    Real worth = 0, drift = 0, variance = 0;
    for (Size i = 0; i < assets.size(); i++) worth += weights[i] * assets[i].spot;
    auto part = [&](Size i) { return weights[i] * assets[i].spot / worth; };
    for (Size i = 0; i < assets.size(); i++) {
        const Market& a = assets[i];
        drift += part(i) * (a.rate - a.yield - a.volatility * a.volatility / 2) * years;
        for (Size j = 0; j < assets.size(); j++)
            variance += part(i) * part(j) * (i == j ? 1 : correlation) * a.volatility * assets[j].volatility * years;
    }
    const Real price = blackFormula(type, strike, worth * std::exp(drift + variance / 2), std::sqrt(variance),
                                    std::exp(-assets.front().rate * years));
    figure(name, "blackFormula", price, 0);
}

void europeans() {
    european("european-call-atm", Option::Call, 100, {100, 0.2, 0.05, 0.0, 360});
    european("european-put-dividends", Option::Put, 110, {100, 0.3, 0.03, 0.02, 180});
    european("european-call-in", Option::Call, 60, {100, 0.25, 0.04, 0.01, 360});
    european("european-put-out", Option::Put, 80, {100, 0.15, 0.01, 0.0, 90});
    european("european-call-long", Option::Call, 120, {100, 0.4, 0.02, 0.03, 1800});
    european("european-put-negative-rate", Option::Put, 100, {95, 0.2, -0.01, 0.0, 720});
}

void asians() {
    asian("geometric-call", Average::Geometric, Option::Call, 100, {100, 0.2, 0.05, 0.0, 360}, 12);
    asian("geometric-put", Average::Geometric, Option::Put, 105, {100, 0.3, 0.03, 0.02, 360}, 36);
    asian("geometric-call-wild", Average::Geometric, Option::Call, 90, {100, 0.6, 0.01, 0.0, 180}, 90);
    asian("arithmetic-call", Average::Arithmetic, Option::Call, 100, {100, 0.2, 0.05, 0.0, 360}, 12);
    asian("arithmetic-put", Average::Arithmetic, Option::Put, 105, {100, 0.3, 0.03, 0.02, 360}, 36);
    asian("arithmetic-call-wild", Average::Arithmetic, Option::Call, 110, {100, 0.6, 0.01, 0.0, 180}, 18);
}

void barriers() {
    const Market m{100, 0.25, 0.05, 0.01, 360};
    for (auto type : {Option::Call, Option::Put}) {
        for (auto kind : {Barrier::DownIn, Barrier::DownOut, Barrier::UpIn, Barrier::UpOut}) {
            const bool up = kind == Barrier::UpIn || kind == Barrier::UpOut;
            for (Real strike : {80.0, 100.0, 130.0}) {
                // Strikes below, between and above the barriers: the formula has a case for each.
                const Real level = up ? 120 : 90;
                const std::string name = std::string("barrier-") + word(kind) + '-' + word(type) + '-'
                    + std::to_string(int(strike));
                barrier(name, kind, level, type, strike, m, 36, strike == 100.0);
            }
        }
    }
}

void baskets() {
    for (auto price : {basket, geometricBasket}) {
        price("basket-call-2", Option::Call, 100, {{100, 0.2, 0.05, 0.0, 360}, {100, 0.3, 0.05, 0.02, 360}}, {0.5, 0.5}, 0.6);
        price("basket-put-3", Option::Put, 210,
              {{100, 0.2, 0.03, 0.01, 360}, {50, 0.4, 0.03, 0.0, 360}, {200, 0.25, 0.03, 0.02, 360}}, {1, 0.6, 0.4}, 0.3);
        price("basket-call-4", Option::Call, 95,
              {{100, 0.15, 0.02, 0.0, 720}, {90, 0.25, 0.02, 0.0, 720}, {110, 0.35, 0.02, 0.01, 720},
               {80, 0.45, 0.02, 0.0, 720}},
              {0.25, 0.25, 0.25, 0.25}, -0.1);
    }
}

}

int main() {
    Settings::instance().evaluationDate() = today;
    portfolio << std::setprecision(12)
              << "name,kind,right,strike,maturity,spot,volatility,dividendYield,rate,fixings,average,barrier,barrierKind,weights,correlation\n";
    figures << std::setprecision(14) << "name,engine,price,error,delta,vega\n";
    europeans();
    asians();
    barriers();
    baskets();
}
