using GridVolunteer.Workloads.OptionPricing.ClosedForms;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.OptionPricing.Statistics;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>
/// Estimates of many seeds against exact values. Not only must they be near; their standard errors must be
/// right: a normal number is more than two standard deviations away in 4.55 % of cases, no more and no less
/// often. Seeds are fixed, so a test passes always or never; the chance that a right program has a seed that
/// fails is stated.
/// </summary>
public sealed class EstimateCoverageTests
{
    private const int Seeds = 500;
    private const long Samples = 4096;

    /// <summary>Of each of the 36 checks below, on either side.</summary>
    private const double FalseAlarm = 1e-7;

    private static readonly string[] Names =
    [
        "european-call-atm", "european-put-dividends", "european-call-long", "european-put-negative-rate",
        "geometric-call", "geometric-put", "barrier-downAndOut-call-100", "barrier-upAndIn-put-130",
    ];

    private static readonly (Contract Contract, Dual Exact)[] Cases = [.. Names.Select(MakeCase)];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void PriceDeltaAndVega_LieAsFarFromTheExactValuesAsTheirErrorsSay(bool antithetic, bool controlVariate)
    {
        var deviations = new Dictionary<Quantity, List<double>>
        {
            [Quantity.Payoff] = [],
            [Quantity.Delta] = [],
            [Quantity.Vega] = [],
        };
        foreach (var (contract, exact) in Cases)
        {
            for (var seed = 1UL; seed <= Seeds; seed++)
            {
                var options = new SamplingOptions(seed, antithetic, controlVariate);
                var regression = Sample(contract, options, Samples);
                deviations[Quantity.Payoff].Add(Deviation(regression.Of(Quantity.Payoff), exact.Value));
                deviations[Quantity.Delta].Add(Deviation(regression.Of(Quantity.Delta), exact.BySpot));
                deviations[Quantity.Vega].Add(Deviation(regression.Of(Quantity.Vega), exact.ByVolatility));
            }
        }

        Assert.All(deviations, pair => Check(pair.Key, pair.Value));
    }

    /// <summary>A whole sampling of a contract, as a job does it.</summary>
    internal static Regression Sample(Contract contract, SamplingOptions options, long samples)
    {
        var sampler = new ContractSampler(contract, 0, options);
        var sums = new SampleSums(sampler.Units);
        sampler.Sample(0, samples, sums, null, default);
        return new Regression(
            sums, sampler.Control == ControlKind.None ? null : ControlMean.Of(contract, sampler.Control));
    }

    private static void Check(Quantity quantity, List<double> deviations)
    {
        var n = deviations.Count;
        var (least, most) = Binomial.Bounds(n, 0.0455002638963584, FalseAlarm);
        var beyondTwo = deviations.Count(z => Math.Abs(z) > 2);
        Assert.True(beyondTwo >= least && beyondTwo <= most,
            $"{quantity}: {beyondTwo} of {n} beyond two standard errors; {least} to {most} would be chance.");
        var (_, farMost) = Binomial.Bounds(n, 6.334e-5, FalseAlarm);
        var beyondFour = deviations.Count(z => Math.Abs(z) > 4);
        Assert.True(beyondFour <= farMost, $"{quantity}: {beyondFour} of {n} beyond four standard errors.");

        // The mean of n of them has a deviation of 1/√n; 5.4 of those are exceeded by chance once in 10^7.
        Assert.InRange(deviations.Average() * Math.Sqrt(n), -5.4, 5.4);
    }

    private static double Deviation(Estimate estimate, double exact) =>
        (estimate.Value - exact) / estimate.StandardError;

    private static (Contract, Dual) MakeCase(string name)
    {
        var contract = QuantLibFigures.Contracts.Single(c => c.Name == name);
        contract = contract with { Fixings = Math.Min(contract.Fixings, 12) };
        return (contract, contract.Kind switch
        {
            ContractKind.European => BlackScholes.Price(contract),
            ContractKind.GeometricAsian => GeometricAsian.Price(contract),
            _ => BarrierQuadrature.Price(contract),
        });
    }
}
