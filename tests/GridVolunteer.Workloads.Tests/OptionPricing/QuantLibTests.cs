using GridVolunteer.Workloads.OptionPricing.ClosedForms;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.OptionPricing.Statistics;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>Simulated figures against QuantLib's, and against a second way to find them.</summary>
public sealed class QuantLibTests
{
    private const long Samples = 200_000;

    [Fact]
    public void Estimates_AreQuantLibsWithinFourStandardErrors()
    {
        var figures = QuantLibFigures.All.Where(f => f.Engine is not ("blackFormula" or "AnalyticBarrierEngine")).ToList();
        Assert.Equal(23, figures.Count);
        Assert.All(figures, figure =>
        {
            var sampled = EstimateCoverageTests.Sample(
                figure.Contract, new SamplingOptions(1, Antithetic: true, ControlVariate: true), Samples);
            Compare(sampled.Of(Quantity.Payoff), figure.Price, figure.Error);
            if (figure.Delta is { } delta)
            {
                Compare(sampled.Of(Quantity.Delta), delta, 0);
                Compare(sampled.Of(Quantity.Vega), figure.Vega!.Value, 0);
            }
        });
    }

    [Fact]
    public void BarriersOfQuantLib_AreThoseOfTheQuadratureToo() => Assert.All(
        QuantLibFigures.Of("MCBarrierEngine"),
        figure => Assert.InRange(
            Math.Abs(BarrierQuadrature.PriceOnly(figure.Contract) - figure.Price), 0, 4 * figure.Error));

    [Fact]
    public void PathwiseGreeks_AreTheDifferencesOfPricesOnTheSamePaths()
    {
        var contracts = QuantLibFigures.Contracts.Where(c => c.Kind != ContractKind.Barrier).ToList();
        Assert.Equal(15, contracts.Count);
        Assert.All(contracts, contract =>
        {
            var greeks = Plain(contract);
            for (var i = 0; i < contract.Assets.Count; i++)
            {
                var asset = contract.Assets[i];
                var byPrice = Difference(contract, i, asset.Spot, value => asset with { Spot = value });
                var byVolatility = Difference(contract, i, asset.Volatility, value => asset with { Volatility = value });

                // Paths that end within a step of the strike count half in a difference: a few in a thousand.
                Assert.Equal(greeks.Of(Quantity.Delta, i).Value, byPrice, 3e-3 * (0.1 + Math.Abs(byPrice)));
                Assert.Equal(greeks.Of(Quantity.Vega, i).Value, byVolatility, 3e-3 * (1 + Math.Abs(byVolatility)));
            }
        });
    }

    private static double Difference(Contract contract, int asset, double at, Func<double, Asset> move)
    {
        var step = 1e-3 * at;
        Contract With(double value) => contract with
        {
            Assets = [.. contract.Assets.Select((kept, i) => i == asset ? move(value) : kept)],
        };
        return (Plain(With(at + step)).Of(Quantity.Payoff).Value - Plain(With(at - step)).Of(Quantity.Payoff).Value)
            / (2 * step);
    }

    private static Regression Plain(Contract contract) => EstimateCoverageTests.Sample(
        contract, new SamplingOptions(3, Antithetic: false, ControlVariate: false), Samples / 4);

    private static void Compare(Estimate estimate, double figure, double error)
    {
        var errors = Math.Sqrt((estimate.StandardError * estimate.StandardError) + (error * error));
        Assert.InRange(Math.Abs(estimate.Value - figure), 0, 4 * errors);
    }
}
